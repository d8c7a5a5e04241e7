"""An example of every figure of one invented shop and its checkouts; `--explain` and docs/kpis.md show them."""

from __future__ import annotations

from connector.messages import Catalogue

EXAMPLES = Catalogue(
    "kpi_examples",
    en={
        "orders": "In March 120 orders came in, 20 of them were cancelled or never paid: 100.",
        "units": "260 pieces were ordered in March, 12 were refunded in March: 248.",
        "gross_sales": "The goods of March's orders cost 5,200.00 before coupons and without tax: 5,200.00.",
        "discounts": "Customers used coupons worth 200.00 in March: 200.00.",
        "refunds_value": "In March 300.00 were paid back for goods, some of them bought in February: 300.00.",
        "net_revenue": "5,200.00 of goods - 200.00 of coupons - 300.00 refunded: 4,700.00.",
        "taxes": "950.00 of tax on March's orders - 57.00 in March's refunds: 893.00.",
        "shipping": "500.00 of shipping on March's orders - 20.00 in March's refunds: 480.00.",
        "total_sales": "4,700.00 of goods + 893.00 of tax + 480.00 of shipping: 6,073.00.",
        "aov": "Goods of 5,000.00 after coupons on 100 orders: 50.00.",
        "aov_after_refunds": "4,700.00 of net revenue, 100 orders: 47.00.",
        "aov_total": "Customers paid 6,450.00 with tax and shipping for 100 orders: 64.50.",
        "items_per_order": "260 pieces on 100 orders: 2.6.",
        "refund_rate_orders": "On 8 of March's 100 orders something was refunded, in March or later: 8 %.",
        "refund_rate_value": "Of the 5,000.00 of March's orders 320.00 were refunded so far: 6.4 %.",
        "full_refund_rate": "3 of March's 100 orders were paid back completely: 3 %.",
        "return_rate_units": "10 of the 260 pieces came back: 3.8 %.",
        "cancellation_rate": "5 orders were cancelled, 100 count: 5 / 105 = 4.8 %.",
        "customers": "The 100 orders of March are those of 90 people: 90.",
        "new_customers": "60 of these 90 people had never ordered before March: 60.",
        "returning_customers": "33 ordered again, 3 of them for the first and the second time in March: 33.",
        "new_order_share": "60 of the 100 orders are somebody's first: 60 %.",
        "returning_order_share": "40 of the 100 orders are not somebody's first: 40 %.",
        "new_revenue_share": "First orders brought 2,700.00 of the 4,700.00: 57.4 %.",
        "returning_revenue_share": "Later orders brought 2,000.00 of the 4,700.00: 42.6 %.",
        "crr": "400 people were active on 1 January; 260 of them still were at the end of the year: 65 %.",
        "crr_textbook": (
            "At the end 700 were active, 410 of them new: (700 - 410) / 400 = 72.5 %. The 30 who had been away and "
            "came back are counted as if they had stayed."
        ),
        "crr_window": "80 people bought in February, 20 of them again in March: 25 %.",
        "churn_rate": "Of the 400 active on 1 January 140 no longer were at the end of the year: 35 %.",
        "lost_customers": "400 active on 1 January, 260 of them still at the end of the year: 140.",
        "repeat_rate": "Of 3,000 people who ever ordered 900 ordered more than once: 30 %.",
        "repeat_rate_period": "7 of March's 90 customers ordered more than once in March: 7.8 %.",
        "repeat_within": (
            "Of 500 new customers 400 are at least {days} days old; 72 of these 400 ordered again within {days} days: "
            "18 %."
        ),
        "repeat_within_km": (
            "The same 500 new customers: the 100 who are younger than {days} days count as far as they were seen, "
            "which gives 17.6 %."
        ),
        "purchase_frequency": "100 orders of 90 customers: 1.11.",
        "time_between_orders": "People ordered again after 20, 45 and 60 days: 45 days.",
        "cohorts": (
            "50 people first ordered in January; 9 of them ordered in February, none in March, 6 in April: 18 %, 0 %, "
            "12 % in the columns 1, 2 and 3."
        ),
        "clv_historical": "3,000 customers have brought in 240,000.00 after refunds so far: 80.00 each.",
        "clv_predicted": (
            "A customer is expected to order 0.6 times in the next 12 months at 50.00 each; discounted: 28.60."
        ),
        "rfm": ("Of 3,000 customers 240 bought lately, often and for much: they are the champions; 410 are at risk."),
        "checkout_abandonment": "400 checkouts were begun in March, 280 led to no order within 24 hours: 70 %.",
        "cart_abandonment": "1,000 carts were filled in March, 880 led to no order within 24 hours: 88 %.",
        "recovered_rate": "Of 280 abandoned checkouts 28 led to an order within a week after all: 10 %.",
        "payment_failure_rate": "4 orders failed at the payment, 100 count: 4 / 104 = 3.8 %.",
        "csat": "Of 80 answers on five points 50 are a 4 and 20 a 5: 70 / 80 = 87.5 %.",
        "csat_mean": "Answers 5, 4, 4.5 and 2 on five points: 15.5 / 4 = 3.9.",
        "csat_response_rate": "400 tickets were followed by a survey, 80 were answered: 20 %.",
        "csat_turned": "3 customers said good about a ticket and later bad about the same: 3.",
        "nps": "Of 40 people 25 said 9 or 10, 8 said 0 to 6: 100 * (25 - 8) / 40 = 42.5.",
        "ces": "Answers 7, 6, 6 and 3 to “it was easy”: 22 / 4 = 5.5.",
        "ces_agree": "Of 40 answers from 1 to 7, 24 are 5 or higher: 60 %.",
        "ces_top2": "Of 40 answers from 1 to 7, 18 are 6 or 7: 45 %.",
        "ces_index": "Of 40 answers from 1 to 7, 18 are 6 or 7 and 10 are 1 to 3: 100 * (18 - 10) / 40 = 20.",
        "ces_low_effort": "Of 40 answers to “how much effort”, 26 are 1 or 2: 65 %.",
    },
    de={
        "orders": "Im März gingen 120 Bestellungen ein, 20 davon wurden storniert oder nie bezahlt: 100.",
        "units": "Im März wurden 260 Stücke bestellt und 12 erstattet: 248.",
        "gross_sales": "Die Ware der Bestellungen im März kostete vor Gutscheinen und ohne Steuer 5.200,00: 5.200,00.",
        "discounts": "Im März wurden Gutscheine über 200,00 eingelöst: 200,00.",
        "refunds_value": "Im März wurden 300,00 für Ware zurückgezahlt, auch für Käufe aus dem Februar: 300,00.",
        "net_revenue": "5.200,00 Ware - 200,00 Gutscheine - 300,00 Erstattungen: 4.700,00.",
        "taxes": "950,00 Steuer auf die Bestellungen im März - 57,00 in den Erstattungen im März: 893,00.",
        "shipping": "500,00 Versand auf die Bestellungen im März - 20,00 in den Erstattungen im März: 480,00.",
        "total_sales": "4.700,00 Ware + 893,00 Steuer + 480,00 Versand: 6.073,00.",
        "aov": "Ware für 5.000,00 nach Gutscheinen auf 100 Bestellungen: 50,00.",
        "aov_after_refunds": "4.700,00 Nettoumsatz, 100 Bestellungen: 47,00.",
        "aov_total": "Kunden zahlten mit Steuer und Versand 6.450,00 für 100 Bestellungen: 64,50.",
        "items_per_order": "260 Stücke auf 100 Bestellungen: 2,6.",
        "refund_rate_orders": "Bei 8 der 100 Bestellungen im März wurde etwas erstattet, im März oder später: 8 %.",
        "refund_rate_value": "Von den 5.000,00 der Bestellungen im März wurden bisher 320,00 erstattet: 6,4 %.",
        "full_refund_rate": "3 der 100 Bestellungen im März wurden ganz zurückgezahlt: 3 %.",
        "return_rate_units": "10 der 260 Stücke kamen zurück: 3,8 %.",
        "cancellation_rate": "5 Bestellungen wurden storniert, 100 zählen: 5 / 105 = 4,8 %.",
        "customers": "Die 100 Bestellungen im März stammen von 90 Menschen: 90.",
        "new_customers": "60 dieser 90 Menschen hatten vor März noch nie bestellt: 60.",
        "returning_customers": "33 bestellten erneut, 3 davon im März zum ersten und zum zweiten Mal: 33.",
        "new_order_share": "60 der 100 Bestellungen sind jemandes erste: 60 %.",
        "returning_order_share": "40 der 100 Bestellungen sind nicht jemandes erste: 40 %.",
        "new_revenue_share": "Erstbestellungen brachten 2.700,00 der 4.700,00: 57,4 %.",
        "returning_revenue_share": "Folgebestellungen brachten 2.000,00 der 4.700,00: 42,6 %.",
        "crr": "Am 1. Januar waren 400 Menschen aktiv; 260 davon waren es am Jahresende noch: 65 %.",
        "crr_textbook": (
            "Am Ende waren 700 aktiv, 410 davon neu: (700 - 410) / 400 = 72,5 %. Die 30, die weg waren und "
            "zurückkamen, zählen dabei, als wären sie geblieben."
        ),
        "crr_window": "Im Februar kauften 80 Menschen, 20 davon im März wieder: 25 %.",
        "churn_rate": "Von den 400 am 1. Januar Aktiven waren es 140 am Jahresende nicht mehr: 35 %.",
        "lost_customers": "400 am 1. Januar aktiv, 260 davon am Jahresende noch: 140.",
        "repeat_rate": "Von 3.000 Menschen, die je bestellten, bestellten 900 mehr als einmal: 30 %.",
        "repeat_rate_period": "7 der 90 Kunden im März bestellten im März mehr als einmal: 7,8 %.",
        "repeat_within": (
            "Von 500 Neukunden sind 400 mindestens {days} Tage dabei; 72 dieser 400 bestellten innerhalb von {days} "
            "Tagen erneut: 18 %."
        ),
        "repeat_within_km": (
            "Dieselben 500 Neukunden: Die 100, die noch keine {days} Tage dabei sind, zählen, so lange man sie kennt; "
            "das ergibt 17,6 %."
        ),
        "purchase_frequency": "100 Bestellungen von 90 Kunden: 1,11.",
        "time_between_orders": "Menschen bestellten nach 20, 45 und 60 Tagen erneut: 45 Tage.",
        "cohorts": (
            "50 Menschen bestellten im Januar zum ersten Mal; 9 davon bestellten im Februar, keiner im März, 6 im "
            "April: 18 %, 0 %, 12 % in den Spalten 1, 2 und 3."
        ),
        "clv_historical": "3.000 Kunden haben nach Erstattungen bisher 240.000,00 gebracht: je 80,00.",
        "clv_predicted": (
            "Ein Kunde bestellt in den nächsten 12 Monaten voraussichtlich 0,6-mal für je 50,00; abgezinst: 28,60."
        ),
        "rfm": (
            "Von 3.000 Kunden kauften 240 kürzlich, oft und für viel: die besten (champions); 410 drohen abzuwandern."
        ),
        "checkout_abandonment": (
            "Im März wurden 400 Bestellvorgänge begonnen, 280 führten binnen 24 Stunden zu keiner Bestellung: 70 %."
        ),
        "cart_abandonment": "Im März wurden 1.000 Warenkörbe gefüllt, 880 binnen 24 Stunden nicht bestellt: 88 %.",
        "recovered_rate": "Von 280 abgebrochenen Vorgängen wurden 28 binnen einer Woche doch bestellt: 10 %.",
        "payment_failure_rate": "4 Bestellungen scheiterten an der Zahlung, 100 zählen: 4 / 104 = 3,8 %.",
        "csat": "Von 80 Antworten auf fünf Stufen sind 50 eine 4 und 20 eine 5: 70 / 80 = 87,5 %.",
        "csat_mean": "Antworten 5, 4, 4,5 und 2 auf fünf Stufen: 15,5 / 4 = 3,9.",
        "csat_response_rate": "Auf 400 Tickets folgte eine Umfrage, 80 wurden beantwortet: 20 %.",
        "csat_turned": "3 Kunden sagten gut zu einem Ticket und später schlecht zu demselben: 3.",
        "nps": "Von 40 Personen sagten 25 eine 9 oder 10, 8 eine 0 bis 6: 100 * (25 - 8) / 40 = 42,5.",
        "ces": "Antworten 7, 6, 6 und 3 auf »es war einfach«: 22 / 4 = 5,5.",
        "ces_agree": "Von 40 Antworten von 1 bis 7 sind 24 mindestens 5: 60 %.",
        "ces_top2": "Von 40 Antworten von 1 bis 7 sind 18 eine 6 oder 7: 45 %.",
        "ces_index": "Von 40 Antworten von 1 bis 7 sind 18 eine 6 oder 7, 10 eine 1 bis 3: 100 * (18 - 10) / 40 = 20.",
        "ces_low_effort": "Von 40 Antworten auf »wie viel Aufwand« sind 26 eine 1 oder 2: 65 %.",
    },
)
