"""What the Zendesk Chat adapter says to the owner."""

from connector.messages import Catalogue

texts = Catalogue(
    "zendesk_chat",
    en={
        "no_record": "The export holds something that is no chat.",
        "not_understood": "The record does not have the shape Zendesk Chat documents: {reason}.",
        "standing_still": "The export gives the same place twice and would never end.",
        "standing_still_advice": "Try again later; if it stays so, report it to Zendesk's support with the time.",
        "token_refused": "Zendesk Chat does not accept the access token.",
        "token_refused_advice": (
            "Make a new token for your OAuth client in Chat (Account > API & SDKs) and put it under access_token. "
            "A token of the help desk is not valid here."
        ),
        "not_allowed": "The token or the plan does not allow this to be read.",
        "not_allowed_advice": "The token needs the scopes read and chat, and the account a plan with API access.",
        "no_chat": "There is no Zendesk Chat at this address.",
        "no_chat_advice": (
            "Check `url`. An account that uses Zendesk Messaging has no chats here: its conversations come with the "
            "help desk, so add a source with the adapter zendesk and remove this one."
        ),
        "no_chats": (
            "The account answers but has no chats. If it moved to Zendesk Messaging, newer conversations come with the "
            "help desk (adapter zendesk) and not from here."
        ),
        "quiet": (
            "No chat has ended in the last {days} days. If the account moved to Zendesk Messaging, newer conversations "
            "come with the help desk (adapter zendesk) and not from here."
        ),
        "plain_http": "The address begins with http://: customers' data travels unprotected.",
    },
    de={
        "no_record": "Im Export steht etwas, das kein Chat ist.",
        "not_understood": "Der Datensatz hat nicht die Form, die Zendesk Chat beschreibt: {reason}.",
        "standing_still": "Der Export nennt zweimal dieselbe Stelle und würde nie enden.",
        "standing_still_advice": (
            "Versuchen Sie es später noch einmal; bleibt es so, melden Sie es mit der Uhrzeit dem Support von Zendesk."
        ),
        "token_refused": "Zendesk Chat nimmt das Zugriffstoken nicht an.",
        "token_refused_advice": (
            "Erstellen Sie für Ihren OAuth-Client in Chat (Account > API & SDKs) ein neues Token und tragen Sie es "
            "unter access_token ein. Ein Token des Helpdesks gilt hier nicht."
        ),
        "not_allowed": "Das Token oder der Tarif erlaubt nicht, dies zu lesen.",
        "not_allowed_advice": "Das Token braucht die Rechte read und chat, das Konto einen Tarif mit API-Zugang.",
        "no_chat": "Unter dieser Adresse gibt es kein Zendesk Chat.",
        "no_chat_advice": (
            "Prüfen Sie `url`. Ein Konto mit Zendesk Messaging hat hier keine Chats: seine Unterhaltungen kommen mit "
            "dem Helpdesk; fügen Sie eine Quelle mit dem Adapter zendesk hinzu und entfernen Sie diese."
        ),
        "no_chats": (
            "Das Konto antwortet, hat aber keine Chats. Ist es zu Zendesk Messaging gewechselt, so kommen neuere "
            "Unterhaltungen mit dem Helpdesk (Adapter zendesk) und nicht von hier."
        ),
        "quiet": (
            "In den letzten {days} Tagen ist kein Chat zu Ende gegangen. Ist das Konto zu Zendesk Messaging "
            "gewechselt, so kommen neuere Unterhaltungen mit dem Helpdesk (Adapter zendesk) und nicht von hier."
        ),
        "plain_http": "Die Adresse beginnt mit http://: Kundendaten sind unterwegs ungeschützt.",
    },
)
