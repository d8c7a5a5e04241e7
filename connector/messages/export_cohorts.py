"""How a table of cohorts is read; part of the catalogue `export`."""

EN = {
    "cohorts_read.month": (
        "Row: customers who first ordered in that month. Column: the share who ordered that many months later."
    ),
    "cohorts_read.week": (
        "Row: customers who first ordered in that week. Column: the share who ordered that many weeks later."
    ),
    "cohorts_read.quarter": (
        "Row: customers who first ordered in that quarter. Column: the share who ordered that many quarters later."
    ),
    "cohorts_read.block": (
        "Row: customers who began in that unit. Column: blocks of 30 days from each customer's own beginning, the "
        "share who ordered in it."
    ),
    "cohorts_read_value.week": (
        "Row: customers by what their first order says. Column: the share of those who began that many weeks ago "
        "or earlier who ordered that many weeks later."
    ),
    "cohorts_read_value.month": (
        "Row: customers by what their first order says. Column: the share of those who began that many months ago "
        "or earlier who ordered that many months later."
    ),
    "cohorts_read_value.quarter": (
        "Row: customers by what their first order says. Column: the share of those who began that many quarters "
        "ago or earlier who ordered that many quarters later."
    ),
    "cohorts_read_value.block": (
        "Row: customers by what their first order says. Column: blocks of 30 days from each customer's own "
        "beginning, of those for whom it is over."
    ),
    "cohorts_axes.week": "Row: customers who began in that week. Column: weeks later.",
    "cohorts_axes.month": "Row: customers who began in that month. Column: months later.",
    "cohorts_axes.quarter": "Row: customers who began in that quarter. Column: quarters later.",
    "cohorts_axes.block": (
        "Row: customers who began in that unit. Column: blocks of 30 days from each customer's own beginning."
    ),
    "cohorts_axes_value.week": "Row: customers by what their first order says. Column: weeks later.",
    "cohorts_axes_value.month": "Row: customers by what their first order says. Column: months later.",
    "cohorts_axes_value.quarter": "Row: customers by what their first order says. Column: quarters later.",
    "cohorts_axes_value.block": (
        "Row: customers by what their first order says. Column: blocks of 30 days from each customer's own beginning."
    ),
    "cohorts_cells.active": "Cells: the share who ordered again.",
    "cohorts_cells.orders": "Cells: orders.",
    "cohorts_cells.orders_per_member": "Cells: orders per customer of the cohort.",
    "cohorts_cells.revenue": "Cells: net revenue after refunds, on the day of the order.",
    "cohorts_cells.revenue_per_member": "Cells: net revenue after refunds per customer of the cohort.",
    "cohorts_cells.value_per_member": "Cells: value so far per customer of the cohort.",
    "cohorts_cumulative": "Each column holds everything up to it.",
}
DE = {
    "cohorts_read.month": (
        "Zeile: Kunden, die in diesem Monat zum ersten Mal bestellten. Spalte: der Anteil, der so viele Monate "
        "später bestellte."
    ),
    "cohorts_read.week": (
        "Zeile: Kunden, die in dieser Woche zum ersten Mal bestellten. Spalte: der Anteil, der so viele Wochen "
        "später bestellte."
    ),
    "cohorts_read.quarter": (
        "Zeile: Kunden, die in diesem Quartal zum ersten Mal bestellten. Spalte: der Anteil, der so viele Quartale "
        "später bestellte."
    ),
    "cohorts_read.block": (
        "Zeile: Kunden, die in dieser Zeit begonnen haben. Spalte: Blöcke von 30 Tagen ab dem eigenen Beginn jedes "
        "Kunden, der Anteil, der darin bestellt hat."
    ),
    "cohorts_read_value.week": (
        "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: der Anteil, der so viele Wochen später "
        "bestellt hat, von denen, die so lange dabei sind."
    ),
    "cohorts_read_value.month": (
        "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: der Anteil, der so viele Monate später "
        "bestellt hat, von denen, die so lange dabei sind."
    ),
    "cohorts_read_value.quarter": (
        "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: der Anteil, der so viele Quartale später "
        "bestellt hat, von denen, die so lange dabei sind."
    ),
    "cohorts_read_value.block": (
        "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Blöcke von 30 Tagen ab dem eigenen Beginn "
        "jedes Kunden, von denen, für die er vorbei ist."
    ),
    "cohorts_axes.week": "Zeile: Kunden, die in dieser Woche begonnen haben. Spalte: Wochen danach.",
    "cohorts_axes.month": "Zeile: Kunden, die in diesem Monat begonnen haben. Spalte: Monate danach.",
    "cohorts_axes.quarter": "Zeile: Kunden, die in diesem Quartal begonnen haben. Spalte: Quartale danach.",
    "cohorts_axes.block": (
        "Zeile: Kunden, die in dieser Zeit begonnen haben. Spalte: Blöcke von 30 Tagen ab dem eigenen Beginn jedes "
        "Kunden."
    ),
    "cohorts_axes_value.week": "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Wochen danach.",
    "cohorts_axes_value.month": "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Monate danach.",
    "cohorts_axes_value.quarter": ("Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Quartale danach."),
    "cohorts_axes_value.block": (
        "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Blöcke von 30 Tagen ab dem eigenen Beginn "
        "jedes Kunden."
    ),
    "cohorts_cells.active": "Zellen: der Anteil, der wieder bestellt hat.",
    "cohorts_cells.orders": "Zellen: Bestellungen.",
    "cohorts_cells.orders_per_member": "Zellen: Bestellungen je Kunde der Kohorte.",
    "cohorts_cells.revenue": "Zellen: Nettoumsatz nach Erstattungen, am Tag der Bestellung.",
    "cohorts_cells.revenue_per_member": "Zellen: Nettoumsatz nach Erstattungen je Kunde der Kohorte.",
    "cohorts_cells.value_per_member": "Zellen: bisheriger Wert je Kunde der Kohorte.",
    "cohorts_cumulative": "Jede Spalte enthält alles bis dahin.",
}
