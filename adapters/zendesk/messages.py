"""What the Zendesk adapter says to the owner."""

from connector.messages import Catalogue

texts = Catalogue(
    "zendesk",
    en={
        "no_record": "The list holds something that is no record.",
        "not_understood": "The record does not have the shape Zendesk documents: {reason}.",
        "no_login": (
            "give client_id and client_secret, or client_id and refresh_token, or access_token, or email and api_token"
        ),
        "standing_still": "The export gives the same place twice and would never end.",
        "standing_still_advice": "Try again later; if it stays so, report it to Zendesk's support with the time.",
        "full_second": (
            "More events fell into one second than the export gives for it; the rest of that second cannot be read."
        ),
        "login_refused": "Zendesk does not accept the login.",
        "login_refused_advice": (
            "Check the credentials of this source, and in the Admin Center under Apps and integrations > APIs that "
            "the OAuth client or token still exists. It must belong to an administrator."
        ),
        "no_token": "Zendesk gave no access token for this OAuth client.",
        "no_token_advice": (
            "Check client_id and client_secret; the client must be a confidential one (Admin Center > Apps and "
            "integrations > APIs > OAuth clients)."
        ),
        "refresh_ended": "Zendesk no longer accepts the refresh token of this source.",
        "refresh_ended_advice": (
            "Authorise the OAuth client again and put the new refresh token under refresh_token in config.yaml. Each "
            "refresh token is good for one use: no other program may use this one."
        ),
        "no_vault": "There is no place to keep the refresh tokens that Zendesk hands out.",
        "no_vault_advice": "Use this source through a config.yaml, or log in with client_id and client_secret.",
        "not_allowed": "The plan, the role or the scopes of this login do not allow this to be read.",
        "not_allowed_advice": "Use an administrator's login with the scope read; some streams need a higher plan.",
        "not_there": "This help desk does not offer this.",
        "not_there_advice": "Nothing to do if your plan lacks it; else check that `url` names your own subdomain.",
        "no_desk": "There is no Zendesk help desk at this address.",
        "no_desk_advice": "Check the subdomain in `url`: https://YOURNAME.zendesk.com.",
        "api_token_ends": (
            "API tokens stop working on 2027-04-30. Make an OAuth client and give client_id and client_secret instead."
        ),
        "plain_http": "The address begins with http://: customers' data travels unprotected.",
    },
    de={
        "no_record": "In der Liste steht etwas, das kein Datensatz ist.",
        "not_understood": "Der Datensatz hat nicht die Form, die Zendesk beschreibt: {reason}.",
        "no_login": (
            "geben Sie client_id und client_secret an, oder client_id und refresh_token, oder access_token, oder email "
            "und api_token"
        ),
        "standing_still": "Der Export nennt zweimal dieselbe Stelle und würde nie enden.",
        "standing_still_advice": (
            "Versuchen Sie es später noch einmal; bleibt es so, melden Sie es mit der Uhrzeit dem Support von Zendesk."
        ),
        "full_second": (
            "In eine Sekunde fielen mehr Ereignisse, als der Export für sie hergibt; der Rest dieser Sekunde ist nicht "
            "zu lesen."
        ),
        "login_refused": "Zendesk nimmt die Anmeldung nicht an.",
        "login_refused_advice": (
            "Prüfen Sie die Zugangsdaten dieser Quelle, und im Admin Center unter Apps und Integrationen > APIs, ob es "
            "den OAuth-Client oder das Token noch gibt. Es muss einem Administrator gehören."
        ),
        "no_token": "Zendesk gab für diesen OAuth-Client kein Zugriffstoken.",
        "no_token_advice": (
            "Prüfen Sie client_id und client_secret; der Client muss vertraulich sein (Admin Center > Apps und "
            "Integrationen > APIs > OAuth-Clients)."
        ),
        "refresh_ended": "Zendesk nimmt das Refresh-Token dieser Quelle nicht mehr an.",
        "refresh_ended_advice": (
            "Geben Sie dem OAuth-Client noch einmal die Erlaubnis und tragen Sie das neue Refresh-Token unter "
            "refresh_token in config.yaml ein. Jedes gilt nur einmal: kein anderes Programm darf dasselbe benutzen."
        ),
        "no_vault": "Es gibt keinen Platz für die Refresh-Token, die Zendesk ausgibt.",
        "no_vault_advice": (
            "Benutzen Sie diese Quelle über eine config.yaml oder melden Sie sich mit client_id und client_secret an."
        ),
        "not_allowed": "Tarif, Rolle oder Rechte dieser Anmeldung erlauben nicht, dies zu lesen.",
        "not_allowed_advice": (
            "Verwenden Sie die Anmeldung eines Administrators mit dem Recht read; manches gibt es nur in höheren "
            "Tarifen."
        ),
        "not_there": "Dieser Helpdesk bietet dies nicht an.",
        "not_there_advice": (
            "Fehlt es in Ihrem Tarif, ist nichts zu tun; sonst prüfen Sie, ob `url` Ihre eigene Subdomain nennt."
        ),
        "no_desk": "Unter dieser Adresse gibt es keinen Zendesk-Helpdesk.",
        "no_desk_advice": "Prüfen Sie die Subdomain in `url`: https://IHRNAME.zendesk.com.",
        "api_token_ends": (
            "API-Token gelten nur bis zum 30.04.2027. Legen Sie einen OAuth-Client an und geben Sie stattdessen "
            "client_id und client_secret an."
        ),
        "plain_http": "Die Adresse beginnt mit http://: Kundendaten sind unterwegs ungeschützt.",
    },
)
