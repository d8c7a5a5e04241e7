"""What the WooCommerce adapter says to the owner."""

from connector.messages import Catalogue

texts = Catalogue(
    "woocommerce",
    en={
        "no_record": "The shop's list holds something that is no record.",
        "not_understood": "The record does not have the shape WooCommerce documents: {reason}.",
        "wrong_secret": "The shop knows the consumer key but not the consumer secret.",
        "wrong_secret_advice": (
            "Copy the secret again; WooCommerce shows it only once, so if it is lost make a new key under "
            "WooCommerce > Settings > Advanced > REST API."
        ),
        "unknown_key": "The shop does not know this consumer key.",
        "unknown_key_advice": (
            "Check that consumer_key and consumer_secret are complete and not swapped, and that the key still exists "
            "under WooCommerce > Settings > Advanced > REST API."
        ),
        "lost_header_advice": (
            "Check that consumer_key and consumer_secret are complete and not swapped, and that the key still exists "
            "under WooCommerce > Settings > Advanced > REST API. If they are right, the web server drops the login "
            "header or does not tell WordPress that the address is https: set `auth: query` for this source."
        ),
        "swapped": "The consumer key and the consumer secret are swapped.",
        "swapped_advice": "What begins with ck_ belongs under consumer_key, what begins with cs_ under the other.",
        "write_only_key": "The key may write but not read.",
        "write_only_key_advice": "Set its permission to Read under WooCommerce > Settings > Advanced > REST API.",
        "bad_signature": "The shop does not accept the signature of our requests.",
        "bad_signature_advice": (
            "Check the consumer secret, and that `url` is the very address under which WordPress knows itself "
            "(Settings > General); or use https."
        ),
        "bad_timestamp": "The shop's clock and this computer's clock differ by more than 15 minutes.",
        "bad_timestamp_advice": "Set the clock that is wrong, or use https, which needs no time in the signature.",
        "no_rights": "The key belongs to a user who may not see this.",
        "no_rights_advice": "Make a key for an administrator or shop manager.",
        "no_route": "WordPress answers, but WooCommerce's API is not at this address.",
        "no_route_advice": (
            "Check that WooCommerce is active, that `url` names the shop's start page, and that "
            "Settings > Permalinks is not set to Plain."
        ),
        "bad_request": "The shop refuses the request as wrong ({code}).",
        "bad_request_advice": "WooCommerce 5.8 or newer is needed; if yours is, please report this with the log.",
        "no_wordpress": "What answers at this address is not a WordPress site with its API switched on.",
        "no_wordpress_advice": "Use the address of the shop's start page; a security plugin may also block /wp-json/.",
        "page_advice": (
            "Open the address in a browser. If it shows the shop's start page, choose another setting than Plain under "
            "Settings > Permalinks; else allow the program that calls itself `shop-connector` in the firewall or "
            "security plugin."
        ),
        "analytics": "WooCommerce Analytics",
        "no_analytics": "This shop gives no report: WooCommerce Analytics is switched off or not there.",
        "no_analytics_advice": (
            "Switch it on under WooCommerce > Settings > Advanced > Features; it needs WooCommerce 4.0 or newer."
        ),
        "not_by_month": "The shop's report does not come by month.",
        "no_customer_report": (
            "The shop does not report new and returning customers by month, so these are not compared."
        ),
        "date_unknown": (
            "By which date the shop's report counts orders cannot be found out; it is taken for the payment date."
        ),
        "no_woocommerce": "WordPress answers, but without WooCommerce.",
        "no_woocommerce_advice": "Activate WooCommerce, or use the address of the shop's own WordPress.",
        "plain_http": "The address begins with http://: customers' data travels unprotected.",
        "no_zone": "The shop gives its zone only as an offset ({offset} h), which knows no summer time.",
    },
    de={
        "no_record": "In der Liste des Shops steht etwas, das kein Datensatz ist.",
        "not_understood": "Der Datensatz hat nicht die Form, die WooCommerce beschreibt: {reason}.",
        "wrong_secret": "Der Shop kennt den Consumer Key, aber nicht das Consumer Secret.",
        "wrong_secret_advice": (
            "Kopieren Sie das Secret noch einmal; WooCommerce zeigt es nur einmal. Ist es verloren, legen Sie unter "
            "WooCommerce > Einstellungen > Erweitert > REST-API einen neuen Schlüssel an."
        ),
        "unknown_key": "Der Shop kennt diesen Consumer Key nicht.",
        "unknown_key_advice": (
            "Prüfen Sie, ob consumer_key und consumer_secret vollständig und nicht vertauscht sind und ob es den "
            "Schlüssel unter WooCommerce > Einstellungen > Erweitert > REST-API noch gibt."
        ),
        "lost_header_advice": (
            "Prüfen Sie, ob consumer_key und consumer_secret vollständig und nicht vertauscht sind und ob es den "
            "Schlüssel unter WooCommerce > Einstellungen > Erweitert > REST-API noch gibt. Stimmen sie, so verwirft "
            "der Webserver die Anmeldung oder verschweigt WordPress, dass die Adresse https ist: setzen Sie für diese "
            "Quelle `auth: query`."
        ),
        "swapped": "Consumer Key und Consumer Secret sind vertauscht.",
        "swapped_advice": "Was mit ck_ beginnt, gehört zu consumer_key, was mit cs_ beginnt, zu consumer_secret.",
        "write_only_key": "Der Schlüssel darf schreiben, aber nicht lesen.",
        "write_only_key_advice": (
            "Stellen Sie seine Berechtigung unter WooCommerce > Einstellungen > Erweitert > REST-API auf Lesen."
        ),
        "bad_signature": "Der Shop nimmt die Signatur unserer Anfragen nicht an.",
        "bad_signature_advice": (
            "Prüfen Sie das Consumer Secret und ob `url` genau die Adresse ist, unter der WordPress sich selbst kennt "
            "(Einstellungen > Allgemein); oder verwenden Sie https."
        ),
        "bad_timestamp": "Die Uhr des Shops und die dieses Rechners gehen um mehr als 15 Minuten auseinander.",
        "bad_timestamp_advice": "Stellen Sie die falsche Uhr, oder verwenden Sie https, das keine Uhrzeit braucht.",
        "no_rights": "Der Schlüssel gehört jemandem, der dies nicht sehen darf.",
        "no_rights_advice": "Legen Sie den Schlüssel für einen Administrator oder Shop-Manager an.",
        "no_route": "WordPress antwortet, aber die Schnittstelle von WooCommerce ist nicht unter dieser Adresse.",
        "no_route_advice": (
            "Prüfen Sie, ob WooCommerce aktiv ist, ob `url` die Startseite des Shops nennt und ob unter "
            "Einstellungen > Permalinks nicht „Einfach“ gewählt ist."
        ),
        "bad_request": "Der Shop weist die Anfrage als falsch zurück ({code}).",
        "bad_request_advice": "Nötig ist WooCommerce ab 5.8; haben Sie das, melden Sie dies bitte mit dem Protokoll.",
        "no_wordpress": "Unter dieser Adresse antwortet kein WordPress mit eingeschalteter Schnittstelle.",
        "no_wordpress_advice": (
            "Verwenden Sie die Adresse der Startseite des Shops; auch ein Sicherheits-Plugin kann /wp-json/ sperren."
        ),
        "page_advice": (
            "Öffnen Sie die Adresse im Browser. Zeigt sie die Startseite des Shops, so wählen Sie unter "
            "Einstellungen > Permalinks etwas anderes als „Einfach“; sonst erlauben Sie in der Firewall oder im "
            "Sicherheits-Plugin das Programm, das sich `shop-connector` nennt."
        ),
        "analytics": "WooCommerce Analytics",
        "no_analytics": "Dieser Shop gibt keinen Bericht: WooCommerce Analytics ist ausgeschaltet oder fehlt.",
        "no_analytics_advice": (
            "Schalten Sie es unter WooCommerce > Einstellungen > Erweitert > Funktionen ein; nötig ist WooCommerce 4.0 "
            "oder neuer."
        ),
        "not_by_month": "Der Bericht des Shops kommt nicht nach Monaten.",
        "no_customer_report": (
            "Der Shop berichtet neue und wiederkehrende Kunden nicht nach Monaten, also werden sie nicht verglichen."
        ),
        "date_unknown": (
            "Nach welchem Tag der Bericht des Shops Bestellungen zählt, ist nicht zu erfahren; angenommen wird der Tag "
            "der Zahlung."
        ),
        "no_woocommerce": "WordPress antwortet, aber ohne WooCommerce.",
        "no_woocommerce_advice": (
            "Schalten Sie WooCommerce ein, oder verwenden Sie die Adresse des WordPress, in dem der Shop läuft."
        ),
        "plain_http": "Die Adresse beginnt mit http://: Kundendaten sind unterwegs ungeschützt.",
        "no_zone": "Der Shop nennt seine Zeitzone nur als Abstand ({offset} h), der keine Sommerzeit kennt.",
    },
)
