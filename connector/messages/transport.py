"""What is said about requests that brought no usable answer."""

from connector.messages import Catalogue

texts = Catalogue(
    "transport",
    en={
        # what is asked for or configured
        "bad_address": "The address {url} cannot be used.",
        "bad_address_advice": "Correct `url` in config.yaml; write it like https://shop.example.",
        "bad_ca_file": "The certificate file {path} cannot be read: {reason}.",
        "bad_ca_file_absent": "there is no such file",
        "bad_ca_file_empty": "it holds no certificate in PEM form",
        "bad_ca_file_advice": "Correct `ca_file` in config.yaml, or remove it if the certificate is a public one.",
        "bad_proxy": "The proxy address for {url} cannot be used.",
        "bad_proxy_advice": (
            "Write `proxy` in config.yaml, or the environment variable HTTPS_PROXY, like http://proxy.example:3128."
        ),
        "bad_header": "The key for {url} holds characters that cannot be sent.",
        "bad_header_advice": "Copy the key again, without line breaks, quotation marks or blanks inside.",
        # addresses
        "redirected": "{url} sends us on to {target} (status {status}). A key is never sent on to another address.",
        "redirected_nowhere": "{url} sends us on, but does not say where to (status {status}).",
        "other_origin": "{url} names {target} as the place to read on. A key is never sent to another address.",
        "exact_address": (
            "Use the exact address as `url` in config.yaml: with or without www, with https if the system has it, "
            "and with the folder it is installed in."
        ),
        # refusals
        "unauthorised": "{url} does not accept the key (status {status}{code}).",
        "unauthorised_advice": "Check that the key was copied whole, is active and belongs to this address.",
        "forbidden": "{url} may not be read with this key (status {status}{code}).",
        "forbidden_advice": "Give the key, or the user it belongs to, the right to read this.",
        "firewall": "A firewall in front of {url} refuses us (status {status}, a web page in place of data).",
        "firewall_advice": (
            "Ask your host or look into the security plugin: allow the program that calls itself `shop-connector`, "
            "or the address of this machine."
        ),
        "not_found": "{url} is not there (status {status}{code}).",
        "not_found_advice": "Check the address in config.yaml, and that the interface is switched on there.",
        "refused_request": "{url} cannot answer this request (status {status}{code}).",
        "refused_request_advice": "Update this program and the system it reads; if it stays, report it with this line.",
        # the way there
        "no_name": "The name in {url} is not known on the internet.",
        "no_name_advice": "Check `url` in config.yaml for typing errors, and this machine's internet connection.",
        "no_connection": "No connection to {url}: nobody answers there.",
        "no_connection_advice": "Check that the system is up, that address and port are right, and the firewall.",
        "connection_lost": "The connection to {url} broke off.",
        "connection_lost_advice": "It is tried again at the next run. If it stays, ask the host of that system.",
        "connect_timeout": "{url} could not be reached in {seconds} seconds.",
        "read_timeout": "{url} sent nothing for {seconds} seconds.",
        "too_slow": "{url} sent its answer too slowly to be waited for.",
        "timeout_advice": (
            "It is tried again at the next run. If it stays, set a smaller `page_size`, `in_flight: 1` or longer "
            "`timeouts` in config.yaml."
        ),
        "proxy_failed": "The proxy on the way to {url} could not be used.",
        "proxy_failed_advice": (
            "Check `proxy` in config.yaml and the environment variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY."
        ),
        # certificates
        "tls_expired": "The certificate of {url} has expired or is not valid yet, so nothing was sent.",
        "tls_expired_advice": (
            "Have the certificate renewed by whoever runs that system, and check the clock of this machine."
        ),
        "tls_unknown": "The certificate of {url} was issued by nobody this machine knows, so nothing was sent.",
        "tls_unknown_advice": (
            "If the certificate is your own, set `ca_file` in config.yaml to the PEM file of its authority. "
            "Otherwise have a complete certificate chain installed there."
        ),
        "tls_wrong_name": "The certificate of {url} belongs to another name, so nothing was sent.",
        "tls_wrong_name_advice": "Use the name the certificate was issued for as `url`, often with or without www.",
        "tls_failed": "No safe connection to {url} came about.",
        "tls_failed_advice": "Check that `url` in config.yaml begins with https only if the system offers https there.",
        # busy, broken
        "throttled": "{url} says that it was asked too often (status {status}).",
        "throttled_advice": (
            "It is tried again at the next run. If it stays, set `requests_per_minute` or a longer `schedule` "
            "in config.yaml."
        ),
        "asked_to_wait": "{url} asks us to come back after {until} (status {status}).",
        "asked_to_wait_advice": "Runs after that time go on where this one stopped; there is nothing to do.",
        "overloaded": "{url} is overloaded or in maintenance (status {status}{code}).",
        "overloaded_advice": "It is tried again at the next run. If it stays, look whether the system itself is up.",
        "server_error": "{url} failed (status {status}{code}).",
        "server_error_advice": (
            "It is tried again at the next run. If it stays, look into the error log of that system; "
            "a smaller `page_size` in config.yaml helps where it runs out of memory."
        ),
        # bodies
        "page": "{url} answered with a web page in place of data: a firewall, a bot check or maintenance.",
        "page_advice": (
            "Open the address in a browser. If the system is up, allow the program that calls itself "
            "`shop-connector` in its firewall or security plugin."
        ),
        "empty": "{url} answered with nothing at all (status {status}).",
        "empty_advice": (
            "It is tried again at the next run. If it stays, look into the error log of that system; "
            "a smaller `page_size` in config.yaml often helps."
        ),
        "cut": "The answer of {url} is damaged or ends too early.",
        "no_json": "{url} answered with something that is not JSON.",
        "no_json_advice": (
            "Open the address in a browser: an error text of a plugin or module is likely. Switch off the one it names."
        ),
        "other_kind": "{url} answered with other data than was asked for{code}.",
        "other_kind_advice": "Update this program and the system it reads; if it stays, report it with this line.",
        "too_large": "The answer of {url} is larger than {megabytes} MB and was not read.",
        "too_large_advice": "Set a smaller `page_size` in config.yaml.",
        "no_list": "The answer of {url} holds no list `{key}`.",
        "no_plain_list": "The answer of {url} is no list.",
        "no_object": "The answer of {url} is no single record.",
        "asking_again": "{what} Asking again, for up to {minutes} min.",
        "tried": "{what} Tried {tries} times.",
    },
    de={
        "bad_address": "Die Adresse {url} ist nicht verwendbar.",
        "bad_address_advice": "Berichtigen Sie `url` in config.yaml, zum Beispiel https://shop.example.",
        "bad_ca_file": "Die Zertifikatsdatei {path} ist nicht lesbar: {reason}.",
        "bad_ca_file_absent": "es gibt sie nicht",
        "bad_ca_file_empty": "sie enthält kein Zertifikat im PEM-Format",
        "bad_ca_file_advice": (
            "Berichtigen Sie `ca_file` in config.yaml, oder lassen Sie es weg, wenn das Zertifikat öffentlich ist."
        ),
        "bad_proxy": "Die Proxy-Adresse für {url} ist nicht verwendbar.",
        "bad_proxy_advice": (
            "Schreiben Sie `proxy` in config.yaml oder die Umgebungsvariable HTTPS_PROXY wie http://proxy.example:3128."
        ),
        "bad_header": "Der Schlüssel für {url} enthält Zeichen, die sich nicht übertragen lassen.",
        "bad_header_advice": (
            "Kopieren Sie den Schlüssel noch einmal, ohne Zeilenumbrüche, Anführungszeichen und Leerzeichen darin."
        ),
        "redirected": (
            "{url} leitet weiter zu {target} (Status {status}). "
            "Ein Schlüssel wird nie an eine andere Adresse weitergegeben."
        ),
        "redirected_nowhere": "{url} leitet weiter, sagt aber nicht wohin (Status {status}).",
        "other_origin": (
            "{url} nennt {target} als Ort, an dem es weitergeht. Ein Schlüssel wird nie an eine andere Adresse gegeben."
        ),
        "exact_address": (
            "Tragen Sie als `url` in config.yaml die genaue Adresse ein: mit oder ohne www, mit https, wenn das System "
            "es anbietet, und mit dem Ordner, in dem es installiert ist."
        ),
        "unauthorised": "{url} nimmt den Schlüssel nicht an (Status {status}{code}).",
        "unauthorised_advice": (
            "Prüfen Sie, ob der Schlüssel vollständig kopiert wurde, aktiv ist und zu dieser Adresse gehört."
        ),
        "forbidden": "{url} darf mit diesem Schlüssel nicht gelesen werden (Status {status}{code}).",
        "forbidden_advice": "Geben Sie dem Schlüssel oder dem Benutzer, dem er gehört, das Recht, dies zu lesen.",
        "firewall": "Eine Firewall vor {url} weist uns ab (Status {status}, eine Webseite statt Daten).",
        "firewall_advice": (
            "Fragen Sie Ihren Hoster oder sehen Sie im Sicherheits-Plugin nach: Erlauben Sie das Programm, das sich "
            "`shop-connector` nennt, oder die Adresse dieses Rechners."
        ),
        "not_found": "{url} gibt es nicht (Status {status}{code}).",
        "not_found_advice": ("Prüfen Sie die Adresse in config.yaml und ob die Schnittstelle dort eingeschaltet ist."),
        "refused_request": "{url} kann diese Anfrage nicht beantworten (Status {status}{code}).",
        "refused_request_advice": (
            "Aktualisieren Sie dieses Programm und das System, das es liest; bleibt es dabei, melden Sie diese Zeile."
        ),
        "no_name": "Den Namen in {url} kennt das Internet nicht.",
        "no_name_advice": (
            "Prüfen Sie `url` in config.yaml auf Tippfehler und die Internetverbindung dieses Rechners."
        ),
        "no_connection": "Keine Verbindung zu {url}: Dort antwortet niemand.",
        "no_connection_advice": (
            "Prüfen Sie, ob das System läuft, ob Adresse und Port stimmen und ob eine Firewall dazwischen ist."
        ),
        "connection_lost": "Die Verbindung zu {url} ist abgebrochen.",
        "connection_lost_advice": (
            "Beim nächsten Lauf wird es wieder versucht. Bleibt es dabei, fragen Sie den Betreiber des Systems."
        ),
        "connect_timeout": "{url} war in {seconds} Sekunden nicht zu erreichen.",
        "read_timeout": "{url} hat {seconds} Sekunden lang nichts gesendet.",
        "too_slow": "{url} sendet die Antwort zu langsam, um darauf zu warten.",
        "timeout_advice": (
            "Beim nächsten Lauf wird es wieder versucht. Bleibt es dabei, setzen Sie in config.yaml eine kleinere "
            "`page_size`, `in_flight: 1` oder längere `timeouts`."
        ),
        "proxy_failed": "Der Proxy auf dem Weg zu {url} war nicht zu benutzen.",
        "proxy_failed_advice": (
            "Prüfen Sie `proxy` in config.yaml und die Umgebungsvariablen HTTP_PROXY, HTTPS_PROXY und NO_PROXY."
        ),
        "tls_expired": (
            "Das Zertifikat von {url} ist abgelaufen oder noch nicht gültig; deshalb wurde nichts gesendet."
        ),
        "tls_expired_advice": (
            "Lassen Sie das Zertifikat vom Betreiber des Systems erneuern, und prüfen Sie die Uhr dieses Rechners."
        ),
        "tls_unknown": (
            "Das Zertifikat von {url} stammt von niemandem, den dieser Rechner kennt; deshalb wurde nichts gesendet."
        ),
        "tls_unknown_advice": (
            "Ist es Ihr eigenes Zertifikat, setzen Sie `ca_file` in config.yaml auf die PEM-Datei seiner "
            "Zertifizierungsstelle. Sonst lassen Sie dort eine vollständige Zertifikatskette einrichten."
        ),
        "tls_wrong_name": "Das Zertifikat von {url} gehört zu einem anderen Namen; deshalb wurde nichts gesendet.",
        "tls_wrong_name_advice": (
            "Tragen Sie als `url` den Namen ein, für den das Zertifikat gilt, oft mit oder ohne www."
        ),
        "tls_failed": "Eine sichere Verbindung zu {url} kam nicht zustande.",
        "tls_failed_advice": (
            "Prüfen Sie, ob `url` in config.yaml nur dann mit https beginnt, wenn das System dort https anbietet."
        ),
        "throttled": "{url} meldet, dass zu oft gefragt wurde (Status {status}).",
        "throttled_advice": (
            "Beim nächsten Lauf wird es wieder versucht. Bleibt es dabei, setzen Sie `requests_per_minute` oder einen "
            "längeren `schedule` in config.yaml."
        ),
        "asked_to_wait": "{url} bittet uns, nach {until} wiederzukommen (Status {status}).",
        "asked_to_wait_advice": (
            "Läufe nach dieser Zeit machen dort weiter, wo dieser aufgehört hat; es ist nichts zu tun."
        ),
        "overloaded": "{url} ist überlastet oder in Wartung (Status {status}{code}).",
        "overloaded_advice": (
            "Beim nächsten Lauf wird es wieder versucht. Bleibt es dabei, sehen Sie nach, ob das System selbst läuft."
        ),
        "server_error": "{url} hat einen Fehler gemeldet (Status {status}{code}).",
        "server_error_advice": (
            "Beim nächsten Lauf wird es wieder versucht. Bleibt es dabei, sehen Sie in das Fehlerprotokoll des "
            "Systems; wo der Speicher nicht reicht, hilft eine kleinere `page_size` in config.yaml."
        ),
        "page": (
            "{url} hat mit einer Webseite statt mit Daten geantwortet: eine Firewall, eine Bot-Prüfung oder Wartung."
        ),
        "page_advice": (
            "Öffnen Sie die Adresse im Browser. Läuft das System, so erlauben Sie in seiner Firewall oder seinem "
            "Sicherheits-Plugin das Programm, das sich `shop-connector` nennt."
        ),
        "empty": "{url} hat mit gar nichts geantwortet (Status {status}).",
        "empty_advice": (
            "Beim nächsten Lauf wird es wieder versucht. Bleibt es dabei, sehen Sie in das Fehlerprotokoll des "
            "Systems; oft hilft eine kleinere `page_size` in config.yaml."
        ),
        "cut": "Die Antwort von {url} ist beschädigt oder endet zu früh.",
        "no_json": "{url} hat mit etwas geantwortet, das kein JSON ist.",
        "no_json_advice": (
            "Öffnen Sie die Adresse im Browser: Wahrscheinlich steht dort der Fehlertext eines Plugins oder Moduls. "
            "Schalten Sie das genannte aus."
        ),
        "other_kind": "{url} hat mit anderen Daten geantwortet als verlangt{code}.",
        "other_kind_advice": (
            "Aktualisieren Sie dieses Programm und das System, das es liest; bleibt es dabei, melden Sie diese Zeile."
        ),
        "too_large": "Die Antwort von {url} ist größer als {megabytes} MB und wurde nicht gelesen.",
        "too_large_advice": "Setzen Sie in config.yaml eine kleinere `page_size`.",
        "no_list": "Die Antwort von {url} enthält keine Liste `{key}`.",
        "no_plain_list": "Die Antwort von {url} ist keine Liste.",
        "no_object": "Die Antwort von {url} ist kein einzelner Datensatz.",
        "asking_again": "{what} Es wird weiter gefragt, noch bis zu {minutes} min.",
        "tried": "{what} {tries}-mal versucht.",
    },
)
