"""What the store says: why it cannot be used, why a record was set aside, who is using it."""

from connector.messages import Catalogue

texts = Catalogue(
    "store",
    en={
        # opening
        "scheme": "The store's address {address} is of a kind this program does not know.",
        "scheme_advice": (
            "Write `store: sqlite:///connector.db`, or `store: postgresql+psycopg://user:${{PGPASSWORD}}@host/name`."
        ),
        "unreadable_address": "The store's address in config.yaml cannot be understood.",
        "no_psycopg": "The store is a PostgreSQL database, but the driver for it is not installed.",
        "no_psycopg_advice": "Install it with: pip install 'shop-connector[postgresql]'",
        "absent": "There is no store at {name} yet.",
        "absent_advice": "Run `connector sync` first; it creates the store.",
        "no_folder": "The folder {folder}, where the store should be, does not exist.",
        "no_folder_advice": "Create the folder, or correct `store:` in config.yaml.",
        "junk": "{name} is no usable store: it is damaged, or another kind of file.",
        "junk_advice": (
            "If you have a backup, bring it back with `connector restore FILE`. Otherwise move the file away "
            "and run `connector sync`; everything is fetched again."
        ),
        "foreign": "{name} is a database of another program.",
        "foreign_advice": "Give the store a file or database of its own with `store:` in config.yaml.",
        "newer": "{name} was written by a newer version of this program (its tables are version {version}).",
        "newer_advice": "Update the program with: pip install --upgrade shop-connector",
        "migrated_copy": "The store is being brought to a new version; a copy of it as it was is kept as {copy}.",
        # using
        "unwritable": "{name} cannot be written.",
        "unwritable_advice": (
            "Check that the folder and the file belong to the user who runs this program and are not read-only."
        ),
        "locked": "{name} is locked by another program.",
        "locked_advice": (
            "Close whatever has the database open (a database browser, a backup tool), then try again. "
            "Nothing that was stored is lost."
        ),
        "full": "The disk with the store {name} is full.",
        "full_advice": "Make room, then run the command again. What was stored before is unharmed.",
        "io": "The store {name} could not be read or written: the disk is full, a quota is reached, or it failed.",
        "io_advice": "Check free space and quota, then run the command again. What was stored before is unharmed.",
        # PostgreSQL
        "pg_login": "The PostgreSQL database {name} refuses the user name or the password.",
        "pg_login_advice": "Correct user and password in `store:`; the password is best given as ${{PGPASSWORD}}.",
        "pg_unreachable": "The PostgreSQL database {name} cannot be reached.",
        "pg_unreachable_advice": "Check host and port in `store:`, and that the database server is running.",
        "pg_no_database": "There is no PostgreSQL database {name}.",
        "pg_no_database_advice": "Create it, for example with `createdb`, or correct its name in `store:`.",
        "pg_rights": "The user of the PostgreSQL database {name} lacks a right that the store needs.",
        "pg_rights_advice": "Let the user own the database, or grant it CREATE and USAGE on the schema.",
        "pg_connections": "The PostgreSQL database {name} accepts no further connections.",
        "pg_connections_advice": "Raise max_connections on the server, or stop something else that uses it.",
        "pg_lost": "The connection to the PostgreSQL database {name} was lost.",
        "pg_lost_advice": "The next run goes on from what was stored. If it happens often, look at the server's log.",
        # locks
        "busy": "{source} is already being synced by another run.",
        "busy_since": "{source} is already being synced by another run, since {since:%Y-%m-%d %H:%M %Z}.",
        "busy_advice": "Wait until that run is finished; it brings the same data.",
        # records set aside
        "not_understood": "The record could not be understood ({kind}, {place}).",
        "not_understood_at": "The record could not be understood: its field {field} is not as expected ({place}).",
        "value_unfit": "A value does not fit its column: {column}.",
        "value_too_large": "A number is too large to be stored: {column}.",
        "value_missing": "A value is missing: {column}.",
        "wrong_owner": "The record became a row in {table} that belongs to another record.",
        "no_dictionary": "Stored records need version {version} of their compression dictionary, which is missing.",
        "no_dictionary_advice": (
            "Install the version of the adapter that stored them, "
            "or read everything again with `connector sync --full`."
        ),
        # backup and restore
        "target_is_store": "{target} is the store itself.",
        "target_is_store_advice": "Name another file for the copy.",
        "target_is_folder": "{target} is a folder.",
        "target_is_folder_advice": "Name a file in it, for example {example}.",
        "target_foreign": "{target} exists already and is no backup of this program.",
        "target_foreign_advice": "Name another file, or move that one away.",
        "backup_unwritable": "The copy cannot be written to {target}.",
        "backup_unwritable_advice": "Check that the folder exists, can be written and has room.",
        "backup_absent": "There is no file {source}.",
        "backup_absent_advice": "Check the name of the backup.",
        "backup_junk": "{source} is no backup of this program, or it is damaged.",
        "backup_junk_advice": "Name a file that `connector backup` wrote.",
    },
    de={
        "scheme": "Die Adresse des Datenspeichers {address} ist von einer Art, die dieses Programm nicht kennt.",
        "scheme_advice": (
            "Schreiben Sie `store: sqlite:///connector.db` oder "
            "`store: postgresql+psycopg://user:${{PGPASSWORD}}@host/name`."
        ),
        "unreadable_address": "Die Adresse des Datenspeichers in config.yaml ist nicht zu verstehen.",
        "no_psycopg": "Der Datenspeicher ist eine PostgreSQL-Datenbank, aber der Treiber dafür ist nicht installiert.",
        "no_psycopg_advice": "Installieren Sie ihn mit: pip install 'shop-connector[postgresql]'",
        "absent": "Unter {name} gibt es noch keinen Datenspeicher.",
        "absent_advice": "Führen Sie zuerst `connector sync` aus; das legt ihn an.",
        "no_folder": "Den Ordner {folder}, in dem der Datenspeicher liegen soll, gibt es nicht.",
        "no_folder_advice": "Legen Sie den Ordner an, oder berichtigen Sie `store:` in config.yaml.",
        "junk": "{name} ist kein brauchbarer Datenspeicher: beschädigt oder eine andere Art von Datei.",
        "junk_advice": (
            "Wenn Sie eine Sicherung haben, holen Sie sie mit `connector restore DATEI` zurück. Sonst "
            "verschieben Sie die Datei und führen `connector sync` aus; alles wird neu geholt."
        ),
        "foreign": "{name} ist die Datenbank eines anderen Programms.",
        "foreign_advice": "Geben Sie dem Datenspeicher mit `store:` in config.yaml eine eigene Datei oder Datenbank.",
        "newer": (
            "{name} wurde von einer neueren Fassung dieses Programms geschrieben "
            "(die Tabellen haben die Version {version})."
        ),
        "newer_advice": "Aktualisieren Sie das Programm mit: pip install --upgrade shop-connector",
        "migrated_copy": (
            "Der Datenspeicher wird auf eine neue Version gebracht; "
            "eine Kopie des bisherigen Standes bleibt als {copy}."
        ),
        "unwritable": "{name} kann nicht geschrieben werden.",
        "unwritable_advice": (
            "Prüfen Sie, ob Ordner und Datei dem Benutzer gehören, unter dem dieses Programm läuft, "
            "und nicht schreibgeschützt sind."
        ),
        "locked": "{name} ist von einem anderen Programm gesperrt.",
        "locked_advice": (
            "Schließen Sie, was die Datenbank offen hält (ein Datenbank-Betrachter, eine Datensicherung), und "
            "versuchen Sie es noch einmal. Nichts Gespeichertes ist verloren."
        ),
        "full": "Der Datenträger mit dem Datenspeicher {name} ist voll.",
        "full_advice": "Schaffen Sie Platz und wiederholen Sie den Befehl. Was schon gespeichert war, ist unversehrt.",
        "io": (
            "Der Datenspeicher {name} ließ sich nicht lesen oder schreiben: Der Datenträger ist voll, ein Kontingent "
            "ist erschöpft, oder er ist gestört."
        ),
        "io_advice": (
            "Prüfen Sie freien Platz und Kontingent und wiederholen Sie den Befehl. "
            "Was schon gespeichert war, ist unversehrt."
        ),
        "pg_login": "Die PostgreSQL-Datenbank {name} weist Benutzernamen oder Passwort zurück.",
        "pg_login_advice": (
            "Berichtigen Sie Benutzer und Passwort in `store:`; das Passwort steht dort am besten als ${{PGPASSWORD}}."
        ),
        "pg_unreachable": "Die PostgreSQL-Datenbank {name} ist nicht zu erreichen.",
        "pg_unreachable_advice": "Prüfen Sie Rechner und Port in `store:`, und ob der Datenbankserver läuft.",
        "pg_no_database": "Eine PostgreSQL-Datenbank {name} gibt es nicht.",
        "pg_no_database_advice": "Legen Sie sie an, etwa mit `createdb`, oder berichtigen Sie den Namen in `store:`.",
        "pg_rights": "Dem Benutzer der PostgreSQL-Datenbank {name} fehlt ein Recht, das der Datenspeicher braucht.",
        "pg_rights_advice": (
            "Machen Sie den Benutzer zum Eigentümer der Datenbank, oder geben Sie ihm CREATE und USAGE auf dem Schema."
        ),
        "pg_connections": "Die PostgreSQL-Datenbank {name} nimmt keine weiteren Verbindungen an.",
        "pg_connections_advice": (
            "Erhöhen Sie max_connections auf dem Server, oder beenden Sie etwas anderes, das ihn benutzt."
        ),
        "pg_lost": "Die Verbindung zur PostgreSQL-Datenbank {name} ist abgerissen.",
        "pg_lost_advice": (
            "Der nächste Lauf macht beim Gespeicherten weiter. "
            "Geschieht das öfter, sehen Sie ins Protokoll des Servers."
        ),
        "busy": "{source} wird schon von einem anderen Lauf abgeglichen.",
        "busy_since": "{source} wird schon von einem anderen Lauf abgeglichen, seit {since:%d.%m.%Y %H:%M %Z}.",
        "busy_advice": "Warten Sie, bis dieser Lauf fertig ist; er holt dieselben Daten.",
        "not_understood": "Der Datensatz war nicht zu verstehen ({kind}, {place}).",
        "not_understood_at": (
            "Der Datensatz war nicht zu verstehen: Das Feld {field} ist anders als erwartet ({place})."
        ),
        "value_unfit": "Ein Wert passt nicht in seine Spalte: {column}.",
        "value_too_large": "Eine Zahl ist zu groß, um gespeichert zu werden: {column}.",
        "value_missing": "Ein Wert fehlt: {column}.",
        "wrong_owner": "Aus dem Datensatz wurde eine Zeile in {table}, die zu einem anderen Datensatz gehört.",
        "no_dictionary": (
            "Gespeicherte Datensätze brauchen die Version {version} ihres Kompressionswörterbuchs, und diese fehlt."
        ),
        "no_dictionary_advice": (
            "Installieren Sie die Version des Adapters, die sie gespeichert hat, "
            "oder lesen Sie mit `connector sync --full` alles neu."
        ),
        "target_is_store": "{target} ist der Datenspeicher selbst.",
        "target_is_store_advice": "Nennen Sie eine andere Datei für die Kopie.",
        "target_is_folder": "{target} ist ein Ordner.",
        "target_is_folder_advice": "Nennen Sie eine Datei darin, zum Beispiel {example}.",
        "target_foreign": "{target} gibt es schon, und es ist keine Sicherung dieses Programms.",
        "target_foreign_advice": "Nennen Sie eine andere Datei, oder verschieben Sie diese.",
        "backup_unwritable": "Die Kopie lässt sich nicht nach {target} schreiben.",
        "backup_unwritable_advice": "Prüfen Sie, ob es den Ordner gibt, ob er beschreibbar ist und Platz hat.",
        "backup_absent": "Eine Datei {source} gibt es nicht.",
        "backup_absent_advice": "Prüfen Sie den Namen der Sicherung.",
        "backup_junk": "{source} ist keine Sicherung dieses Programms oder ist beschädigt.",
        "backup_junk_advice": "Nennen Sie eine Datei, die `connector backup` geschrieben hat.",
    },
)
