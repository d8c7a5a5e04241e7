"""What the PrestaShop adapter says to the owner."""

from connector.messages import Catalogue

texts = Catalogue(
    "prestashop",
    en={
        "no_record": "The shop's list holds something that is no record.",
        "not_understood": "The record does not have the shape PrestaShop documents: {reason}.",
        "broken_record": "The shop breaks down over this record (often because of a module), so it could not be read.",
        "back_office": "the statistics of PrestaShop's back office",
        "no_zone": "The shop's times carry no time zone, and the key may not read which one it uses.",
        "no_zone_advice": "Set `timezone` for this source to the zone under International > Localization.",
        "unknown_zone": "The shop names a time zone that this computer does not know.",
        "zone_of_record": "The record was read before the shop's time zone was known; sync again with `--full`.",
        "zone_behind": (
            "The newest change in the shop would lie {hours} h ahead if its zone were {zone}: that zone is wrong."
        ),
        "zone_ahead": (
            "Changes arrive that would be {hours} h too old if the shop's zone were {zone}: that zone seems wrong."
        ),
        "zone_advice": (
            "Set `timezone` of this source to the zone under International > Localization in the back office, then run "
            "`connector rebuild`. Everything was stored; only times and days are wrong until then."
        ),
        "zone_differs": "config.yaml says the zone {ours}, the shop itself says {theirs}.",
        "needs": "This cannot be read without `{resource}`, which the key may not read.",
        "needs_advice": (
            "Tick GET for `{resource}` under Advanced Parameters > Webservice in the back office, then sync again."
        ),
        "redirected": "The shop sends us to its start page in place of shop {shop}.",
        "redirected_advice": (
            "Check that `shop` is the number of a shop of this installation (Advanced Parameters > Multistore) and "
            "that `url` is the shop's exact address: with or without www, with https, and with its folder."
        ),
        "key_lost": "The key does not reach the shop.",
        "key_lost_header_advice": (
            "The web server drops the login header. Set `auth: query` for this source, which sends the key in the "
            "address (it then stands in the server's access log), or have the host pass the Authorization header on."
        ),
        "key_lost_query_advice": (
            "Something in front of the shop removes `ws_key` from the address. Exclude /api/ from that rule, or remove "
            "`auth: query`."
        ),
        "no_service": "There is no PrestaShop web service at this address.",
        "no_service_advice": (
            "Check that `url` is the shop's start page, with the folder it is installed in, and that friendly URLs or "
            "the rules in .htaccess pass /api/ on to PrestaShop."
        ),
        "key_format": "The key does not have 32 characters.",
        "key_format_advice": "Copy the key again from Advanced Parameters > Webservice.",
        "unknown_key": "The shop does not know this key, or it is switched off.",
        "unknown_key_advice": (
            "Look under Advanced Parameters > Webservice whether the key exists and is active, and copy it again."
        ),
        "key_without_rights": "The key may read nothing at all.",
        "key_without_rights_advice": (
            "Tick GET for the lists that are to be read under Advanced Parameters > Webservice; `connector check` "
            "names them."
        ),
        "switched_off": "The shop's web service is switched off.",
        "switched_off_advice": "Switch it on under Advanced Parameters > Webservice.",
        "method_refused": "The key may not read by GET.",
        "method_refused_advice": "Tick GET for it under Advanced Parameters > Webservice.",
        "key_of_other_shop": "The key is not meant for this shop of the installation.",
        "key_of_other_shop_advice": (
            "Allow the key for this shop under Advanced Parameters > Webservice, or correct `shop` in config.yaml."
        ),
        "not_allowed": "The key may not read `{resource}`.",
        "not_allowed_advice": "Tick GET for it under Advanced Parameters > Webservice if you want it.",
        "unknown_resource": "This version of PrestaShop has no list `{resource}`.",
        "unknown_resource_advice": "Nothing needs to be done; the rest is read.",
        "php_warning": "PHP reports a fault while the shop puts the answer together (code {code}), so no data came.",
        "php_warning_advice": (
            "Mostly a module or an override is to blame: look into the shop's error log, switch off what is named "
            "there, or turn off debug output. Records that can be read are read."
        ),
        "broke_down": "The shop breaks off without an answer, mostly since memory or time run out.",
        "broke_down_advice": (
            "Ask the host for more PHP memory or time, or set a smaller `page_size` for this source in config.yaml. "
            "What was read so far is stored."
        ),
        "bad_query": "The shop refuses the question as wrong (code {code}).",
        "bad_query_advice": (
            "An override or module may have changed the list's fields. If the shop is PrestaShop 1.6 or newer, please "
            "report this with the log."
        ),
        "no_currency": "its currency is not among the shop's currencies",
        "writes": "The key may not only read but also write: {resources}.",
        "sees_settings": (
            "The key may read `configurations`, where the shop keeps the passwords of its mail and its modules. Take "
            "that right away; `timezone: {zone}` in config.yaml replaces it."
        ),
        "plain_http": "The address begins with http://: the key and customers' data travel unprotected.",
    },
    de={
        "no_record": "In der Liste des Shops steht etwas, das kein Datensatz ist.",
        "not_understood": "Der Datensatz hat nicht die Form, die PrestaShop beschreibt: {reason}.",
        "broken_record": (
            "Der Shop scheitert an diesem Datensatz (oft wegen eines Moduls), deshalb ließ er sich nicht lesen."
        ),
        "back_office": "der Statistik im Backoffice von PrestaShop",
        "no_zone": "Die Zeiten des Shops tragen keine Zeitzone, und der Schlüssel darf nicht lesen, welche gilt.",
        "no_zone_advice": (
            "Setzen Sie `timezone` für diese Quelle auf die Zeitzone unter International > Lokalisierung."
        ),
        "unknown_zone": "Der Shop nennt eine Zeitzone, die dieser Rechner nicht kennt.",
        "zone_of_record": (
            "Der Datensatz wurde gelesen, bevor die Zeitzone des Shops bekannt war; gleichen Sie mit `--full` neu ab."
        ),
        "zone_behind": (
            "Die neueste Änderung im Shop läge {hours} h in der Zukunft, wenn seine Zeitzone {zone} wäre: "
            "Diese Zeitzone ist falsch."
        ),
        "zone_ahead": (
            "Es kommen Änderungen an, die {hours} h zu alt wären, wenn die Zeitzone des Shops {zone} wäre: "
            "Diese Zeitzone ist wahrscheinlich falsch."
        ),
        "zone_advice": (
            "Setzen Sie `timezone` dieser Quelle auf die Zeitzone unter International > Lokalisierung im Backoffice "
            "und rufen Sie dann `connector rebuild` auf. Alles wurde gespeichert; nur Zeiten und Tage sind noch falsch."
        ),
        "zone_differs": "In config.yaml steht die Zeitzone {ours}, der Shop selbst nennt {theirs}.",
        "needs": "Dies ist ohne `{resource}` nicht lesbar, was der Schlüssel nicht lesen darf.",
        "needs_advice": (
            "Setzen Sie im Backoffice unter Erweiterte Einstellungen > Webservice den Haken GET für `{resource}` und "
            "gleichen Sie erneut ab."
        ),
        "redirected": "Der Shop schickt uns auf seine Startseite statt zum Shop {shop}.",
        "redirected_advice": (
            "Prüfen Sie, ob `shop` die Nummer eines Shops dieser Installation ist (Erweiterte Einstellungen > "
            "Multistore) und ob `url` die genaue Adresse des Shops ist: mit oder ohne www, mit https und mit seinem "
            "Ordner."
        ),
        "key_lost": "Der Schlüssel kommt beim Shop nicht an.",
        "key_lost_header_advice": (
            "Der Webserver verwirft die Anmeldung. Setzen Sie für diese Quelle `auth: query`; dann steht der Schlüssel "
            "in der Adresse (und damit im Zugriffsprotokoll des Servers). Oder lassen Sie den Hoster den "
            "Authorization-Header durchreichen."
        ),
        "key_lost_query_advice": (
            "Etwas vor dem Shop entfernt `ws_key` aus der Adresse. Nehmen Sie /api/ von dieser Regel aus, oder "
            "entfernen Sie `auth: query`."
        ),
        "no_service": "Unter dieser Adresse gibt es keinen Webservice von PrestaShop.",
        "no_service_advice": (
            "Prüfen Sie, ob `url` die Startseite des Shops ist, mit dem Ordner, in dem er installiert ist, und ob die "
            "freundlichen URLs oder die Regeln in .htaccess /api/ an PrestaShop weitergeben."
        ),
        "key_format": "Der Schlüssel hat nicht 32 Zeichen.",
        "key_format_advice": "Kopieren Sie den Schlüssel noch einmal aus Erweiterte Einstellungen > Webservice.",
        "unknown_key": "Der Shop kennt diesen Schlüssel nicht, oder er ist ausgeschaltet.",
        "unknown_key_advice": (
            "Sehen Sie unter Erweiterte Einstellungen > Webservice nach, ob es den Schlüssel gibt und ob er aktiv ist, "
            "und kopieren Sie ihn noch einmal."
        ),
        "key_without_rights": "Der Schlüssel darf gar nichts lesen.",
        "key_without_rights_advice": (
            "Setzen Sie unter Erweiterte Einstellungen > Webservice den Haken GET für die Listen, die gelesen werden "
            "sollen; `connector check` nennt sie."
        ),
        "switched_off": "Der Webservice des Shops ist ausgeschaltet.",
        "switched_off_advice": "Schalten Sie ihn unter Erweiterte Einstellungen > Webservice ein.",
        "method_refused": "Der Schlüssel darf nicht mit GET lesen.",
        "method_refused_advice": "Setzen Sie dafür unter Erweiterte Einstellungen > Webservice den Haken GET.",
        "key_of_other_shop": "Der Schlüssel gilt nicht für diesen Shop der Installation.",
        "key_of_other_shop_advice": (
            "Geben Sie den Schlüssel unter Erweiterte Einstellungen > Webservice für diesen Shop frei, oder "
            "berichtigen Sie `shop` in config.yaml."
        ),
        "not_allowed": "Der Schlüssel darf `{resource}` nicht lesen.",
        "not_allowed_advice": (
            "Wenn Sie es möchten, setzen Sie dafür unter Erweiterte Einstellungen > Webservice den Haken GET."
        ),
        "unknown_resource": "Diese Version von PrestaShop hat keine Liste `{resource}`.",
        "unknown_resource_advice": "Es ist nichts zu tun; alles Übrige wird gelesen.",
        "php_warning": (
            "PHP meldet einen Fehler, während der Shop die Antwort zusammenstellt (Code {code}); es kamen keine Daten."
        ),
        "php_warning_advice": (
            "Meist ist ein Modul oder ein Override schuld: Sehen Sie in das Fehlerprotokoll des Shops, schalten Sie "
            "ab, was dort genannt ist, oder stellen Sie die Fehlerausgabe ab. Was lesbar ist, wird gelesen."
        ),
        "broke_down": "Der Shop bricht ohne Antwort ab, meist weil Speicher oder Zeit nicht reichen.",
        "broke_down_advice": (
            "Bitten Sie den Hoster um mehr Speicher oder Zeit für PHP, oder setzen Sie für diese Quelle in config.yaml "
            "eine kleinere `page_size`. Was bisher gelesen wurde, ist gespeichert."
        ),
        "bad_query": "Der Shop weist die Frage als falsch zurück (Code {code}).",
        "bad_query_advice": (
            "Ein Override oder Modul hat vielleicht die Felder der Liste verändert. Ist der Shop PrestaShop 1.6 oder "
            "neuer, melden Sie dies bitte mit dem Protokoll."
        ),
        "no_currency": "seine Währung ist nicht unter den Währungen des Shops",
        "writes": "Der Schlüssel darf nicht nur lesen, sondern auch schreiben: {resources}.",
        "sees_settings": (
            "Der Schlüssel darf `configurations` lesen, worin der Shop die Passwörter seiner Post und seiner Module "
            "aufbewahrt. Nehmen Sie ihm dieses Recht; `timezone: {zone}` in config.yaml ersetzt es."
        ),
        "plain_http": "Die Adresse beginnt mit http://: der Schlüssel und Kundendaten sind unterwegs ungeschützt.",
    },
)
