"""What `person` says: who somebody is, what is held of them, and what an erasure did."""

from connector.messages import Catalogue

texts = Catalogue(
    "person",
    en={
        "unknown": "Nobody with the address {email} is in the database.",
        "unknown_advice": (
            "Check how it is written, and run `connector sync` if it is new. Addresses that stand on the ignore list "
            "or that many people use are nobody's own."
        ),
        "erased_already": "The person with this address was erased; what is left is nameless.",
        "why_account": "the account's own address is {email}",
        "why_order": "order {number} was placed with {email}",
        "why_conversation": "conversation {number} came from {email}",
        "why_phone": "its phone number is {phone}",
        "heading": "Person {person_id}: {names}",
        "nameless": "no name",
        "emails": "Addresses: {emails}",
        "phones": "Phone numbers: {phones}",
        "other_ids": "Earlier numbers: {ids}",
        "accounts": "Accounts",
        "account": "{source}, account {account_id}: {why}",
        "account_alone": "{source}, account {account_id}",
        "nothing": "Nothing has happened yet.",
        "column_at": "When",
        "column_kind": "What",
        "column_source": "Source",
        "column_id": "Number",
        "column_detail": "More",
        "column_amount": "Amount",
        "kind_order": "order",
        "kind_refund": "refund",
        "kind_cart": "cart",
        "kind_conversation": "conversation",
        "kind_answer": "answer",
        "gone": "gone from the source",
        "exported": "All that is stored of this person is in {file}.",
        "confirm": (
            "Erase this person for good? Names, addresses, phone numbers and texts of {rows} rows are emptied; "
            "orders and amounts stay, without a name. This cannot be undone."
        ),
        "needs_yes": "`--forget` erases for good and nobody can be asked here.",
        "needs_yes_advice": "Call it again with `--yes` if you are sure.",
        "kept": "Nothing was erased.",
        "searching": "Searching all that is stored; for very many orders this takes some minutes.",
        "exclusive": "`--export` and `--forget` cannot be used together.",
        "exclusive_advice": "Export first, then erase.",
        "forgotten": "Erased. Stored records that name nobody any more: {records}. The figures stay as they were.",
        "copies": "Copies that the program had made beside the database were deleted: {count}.",
        "backup": "This backup still holds the person: {file}. Delete it, or make a new one in its place.",
        "backups_unknown": (
            "Backups made in other ways, exported files and the shop itself still hold the person; nobody but you can "
            "see to those."
        ),
        "log_left": (
            "Another process reads the database just now, so its log still holds old pages. It is emptied with the "
            "next write, or run this again later."
        ),
    },
    de={
        "unknown": "Niemand mit der Adresse {email} ist in der Datenbank.",
        "unknown_advice": (
            "Prüfen Sie die Schreibweise; ist die Adresse neu, hilft `connector sync`. Adressen, die auf der "
            "Ausschlussliste stehen oder von vielen benutzt werden, gehören niemandem."
        ),
        "erased_already": "Die Person mit dieser Adresse wurde gelöscht; was noch da ist, ist namenlos.",
        "why_account": "die Adresse des Kontos selbst ist {email}",
        "why_order": "Bestellung {number} kam mit {email}",
        "why_conversation": "Gespräch {number} kam von {email}",
        "why_phone": "seine Telefonnummer ist {phone}",
        "heading": "Person {person_id}: {names}",
        "nameless": "ohne Namen",
        "emails": "Adressen: {emails}",
        "phones": "Telefonnummern: {phones}",
        "other_ids": "Frühere Nummern: {ids}",
        "accounts": "Konten",
        "account": "{source}, Konto {account_id}: {why}",
        "account_alone": "{source}, Konto {account_id}",
        "nothing": "Noch ist nichts geschehen.",
        "column_at": "Wann",
        "column_kind": "Was",
        "column_source": "Quelle",
        "column_id": "Nummer",
        "column_detail": "Näheres",
        "column_amount": "Betrag",
        "kind_order": "Bestellung",
        "kind_refund": "Erstattung",
        "kind_cart": "Warenkorb",
        "kind_conversation": "Gespräch",
        "kind_answer": "Antwort",
        "gone": "in der Quelle nicht mehr da",
        "exported": "Alles, was über diese Person gespeichert ist, steht in {file}.",
        "confirm": (
            "Diese Person endgültig löschen? Namen, Adressen, Telefonnummern und Texte aus {rows} Zeilen werden "
            "geleert; Bestellungen und Beträge bleiben namenlos erhalten. Das lässt sich nicht rückgängig machen."
        ),
        "needs_yes": "`--forget` löscht endgültig, und hier kann niemand gefragt werden.",
        "needs_yes_advice": "Rufen Sie den Befehl mit `--yes` noch einmal auf, wenn Sie sicher sind.",
        "kept": "Es wurde nichts gelöscht.",
        "searching": "Alles Gespeicherte wird durchsucht; bei sehr vielen Bestellungen dauert das einige Minuten.",
        "exclusive": "`--export` und `--forget` gehen nicht zusammen.",
        "exclusive_advice": "Erst exportieren, dann löschen.",
        "forgotten": (
            "Gelöscht. Gespeicherte Datensätze, die niemanden mehr nennen: {records}. Die Kennzahlen bleiben gleich."
        ),
        "copies": "Kopien, die das Programm neben der Datenbank angelegt hatte, wurden gelöscht: {count}.",
        "backup": (
            "Diese Sicherung enthält die Person noch: {file}. Löschen Sie sie, oder sichern Sie neu an dieselbe Stelle."
        ),
        "backups_unknown": (
            "Anders angelegte Sicherungen, exportierte Dateien und der Shop selbst enthalten die Person noch; darum "
            "können nur Sie sich kümmern."
        ),
        "log_left": (
            "Ein anderer Prozess liest gerade in der Datenbank, deshalb stehen alte Seiten noch in ihrem Protokoll. "
            "Beim nächsten Schreiben wird es geleert; oder rufen Sie den Befehl später noch einmal auf."
        ),
    },
)
