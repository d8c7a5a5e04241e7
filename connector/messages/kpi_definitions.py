"""What every figure is called, which question it answers, and how it is counted. A shop owner reads these."""

from __future__ import annotations

from connector.messages import Catalogue, across_definitions, kpi_abandonment, kpi_surveys, service_definitions

DEFINITIONS = Catalogue(
    "kpi_definitions",
    en=service_definitions.EN
    | kpi_abandonment.DEFINITIONS_EN
    | kpi_surveys.DEFINITIONS_EN
    | across_definitions.EN
    | {
        "orders.label": "Orders",
        "orders.question": "How many orders came in?",
        "orders.formula": "counted orders dated in the period",
        "units.label": "Units sold",
        "units.question": "How many pieces were sold and kept?",
        "units.formula": "pieces on the orders of the period, minus pieces refunded in the period",
        "gross_sales.label": "Gross sales",
        "gross_sales.question": "What were the goods worth before coupons?",
        "gross_sales.formula": "goods of the period's orders before coupons, without tax and shipping, before refunds",
        "discounts.label": "Discounts",
        "discounts.question": "How much was given away by coupons?",
        "discounts.formula": "coupon discounts of the period's orders, without tax",
        "refunds_value.label": "Refunds",
        "refunds_value.question": "How much was paid back for goods?",
        "refunds_value.formula": "refunded goods without tax and shipping, by the day of the refund",
        "net_revenue.label": "Net revenue",
        "net_revenue.question": "What was left for the goods after coupons and refunds?",
        "net_revenue.formula": "gross sales - discounts - refunds; without tax and shipping",
        "taxes.label": "Taxes",
        "taxes.question": "How much tax was collected?",
        "taxes.formula": "tax of the period's orders, minus tax in the period's refunds",
        "shipping.label": "Shipping",
        "shipping.question": "How much was paid for shipping?",
        "shipping.formula": "shipping of the period's orders without tax, minus shipping in the period's refunds",
        "total_sales.label": "Total sales",
        "total_sales.question": "How much money came in altogether?",
        "total_sales.formula": "net revenue + taxes + shipping",
        "aov.label": "Average order value",
        "aov.question": "What is an order worth on average?",
        "aov.formula": "goods without tax and shipping, before refunds / orders",
        "aov_after_refunds.label": "Average order value after refunds",
        "aov_after_refunds.question": "What is left of an order on average after refunds?",
        "aov_after_refunds.formula": "net revenue / orders; this is what shop reports show",
        "aov_total.label": "Average order total",
        "aov_total.question": "What does a customer pay for an order on average?",
        "aov_total.formula": "order totals with tax and shipping / orders",
        "items_per_order.label": "Items per order",
        "items_per_order.question": "How many pieces are on an order?",
        "items_per_order.formula": "pieces on the period's orders, before refunds / orders",
        "refund_rate_orders.label": "Refund rate (orders)",
        "refund_rate_orders.question": "On how many orders was something refunded?",
        "refund_rate_orders.formula": "orders of the period with any refund so far / orders of the period",
        "refund_rate_value.label": "Refund rate (value)",
        "refund_rate_value.question": "Which share of the goods' value was refunded?",
        "refund_rate_value.formula": (
            "goods refunded so far on the period's orders / goods of these orders before refunds"
        ),
        "full_refund_rate.label": "Full refund rate",
        "full_refund_rate.question": "How many orders were refunded completely?",
        "full_refund_rate.formula": "orders refunded to at least 99.5 % of their total / orders of the period",
        "return_rate_units.label": "Return rate (units)",
        "return_rate_units.question": "Which share of the pieces came back?",
        "return_rate_units.formula": "returned pieces / sold pieces of the period's orders; a refund is no return",
        "cancellation_rate.label": "Cancellation rate",
        "cancellation_rate.question": "How many orders were cancelled?",
        "cancellation_rate.formula": "cancelled orders / (counted + cancelled orders)",
        "customers.label": "Customers",
        "customers.question": "How many people ordered?",
        "customers.formula": "persons with at least one counted order in the period",
        "new_customers.label": "New customers",
        "new_customers.question": "How many people ordered for the first time?",
        "new_customers.formula": "persons whose first order ever lies in the period",
        "returning_customers.label": "Returning customers",
        "returning_customers.question": "How many people ordered again?",
        "returning_customers.formula": "persons with an order in the period that is not their first ever",
        "new_order_share.label": "Share of orders from new customers",
        "new_order_share.question": "How much of the business are first orders?",
        "new_order_share.formula": "first orders ever / orders of identified customers in the period",
        "returning_order_share.label": "Share of orders from returning customers",
        "returning_order_share.question": "How much of the business are repeat orders?",
        "returning_order_share.formula": "orders that are not the customer's first / orders of identified customers",
        "new_revenue_share.label": "Share of net revenue from new customers",
        "new_revenue_share.question": "How much of the revenue do first orders bring?",
        "new_revenue_share.formula": "net revenue of first orders / net revenue of identified customers",
        "returning_revenue_share.label": "Share of net revenue from returning customers",
        "returning_revenue_share.question": "How much of the revenue do repeat orders bring?",
        "returning_revenue_share.formula": "net revenue of repeat orders / net revenue of identified customers",
        "crr.label": "Customer retention rate",
        "crr.question": "How many of the customers active at the start are still active at the end?",
        "crr.formula": (
            "customers active at the start and at the end / customers active at the start; active = ordered within "
            "retention.active_days"
        ),
        "crr_textbook.label": "Customer retention rate (textbook)",
        "crr_textbook.question": "What does the usual textbook formula give?",
        "crr_textbook.formula": "(customers active at the end - new customers) / customers active at the start",
        "churn_rate.label": "Churn rate",
        "churn_rate.question": "Which share of the active customers was lost?",
        "churn_rate.formula": "1 - customer retention rate",
        "lost_customers.label": "Lost customers",
        "lost_customers.question": "How many customers active at the start are no longer active at the end?",
        "lost_customers.formula": "customers active at the start who are not active at the end",
        "crr_window.label": "Customer retention rate (period on period)",
        "crr_window.question": "How many buyers of the period before bought again in this one?",
        "crr_window.formula": "buyers of the period before who bought again in this one / buyers of the period before",
        "repeat_rate.label": "Repeat rate",
        "repeat_rate.question": "How many customers have ever ordered again?",
        "repeat_rate.formula": (
            "persons with two or more orders / persons with an order, up to the end of the period; grows with the age "
            "of the shop"
        ),
        "repeat_rate_period.label": "Repeat rate in the period",
        "repeat_rate_period.question": "How many customers ordered more than once in the period?",
        "repeat_rate_period.formula": "persons with two or more orders in the period / persons with an order in it",
        "repeat_within.label": "Second order within {days} days",
        "repeat_within.question": "How many new customers order again within {days} days?",
        "repeat_within.formula": (
            "persons whose second order came within {days} days of the first / persons whose first order lies in the "
            "period and is at least {days} days old"
        ),
        "repeat_within_km.label": "Second order within {days} days (Kaplan-Meier)",
        "repeat_within_km.question": "How many new customers order again within {days} days, young ones followed too?",
        "repeat_within_km.formula": (
            "1 - the estimated share of new customers of the period without a second order {days} days after the "
            "first; each is followed as long as seen"
        ),
        "purchase_frequency.label": "Purchase frequency",
        "purchase_frequency.question": "How often does a customer order in the period?",
        "purchase_frequency.formula": "orders of identified customers / customers in the period",
        "time_between_orders.label": "Time between orders",
        "time_between_orders.question": "How long does it take until a customer orders again?",
        "time_between_orders.formula": (
            "median time between two orders of a customer that follow each other, the later one in the period"
        ),
        "cohorts.label": "Cohorts",
        "cohorts.question": "How many customers of one starting month come back in later months?",
        "cohorts.formula": (
            "customers of a cohort with an order in a later calendar unit / customers of the cohort; a cohort is all "
            "whose first order ever fell in the same unit. Other readings: orders or net revenue in place of customers "
            "(--measure), up to a column (--cumulative), blocks of 30 days (--rolling), from the first contact or "
            "payment on (--base), by what the first order says (--cohort-by)"
        ),
        "clv_historical.label": "Customer value so far",
        "clv_historical.question": "What has a customer brought in so far on average?",
        "clv_historical.formula": (
            "net revenue of all orders up to the end of the period, after refunds and times clv.margin / customers who "
            "ever ordered; the table: the same per month of the first order and month of age"
        ),
        "clv_predicted.label": "Expected customer value",
        "clv_predicted.question": "What will a customer bring in over the coming months on average?",
        "clv_predicted.formula": (
            "expected purchases (BG/NBD) x expected value of a purchase (Gamma-Gamma), month by month over "
            "clv.horizon_months, discounted at clv.discount_rate a year, times clv.margin; the mean of all customers"
        ),
        "rfm.label": "Customer segments (RFM)",
        "rfm.question": "Which customers are the best, which are slipping away, which are gone?",
        "rfm.formula": (
            "customers of the last 24 months, scored 1 to 5 by days since the last order (R), orders (F) and net "
            "revenue (M): 1 + floor(5 x customers strictly worse / customers); segments by R and the mean of F and M"
        ),
    },
    de=service_definitions.DE
    | kpi_abandonment.DEFINITIONS_DE
    | kpi_surveys.DEFINITIONS_DE
    | across_definitions.DE
    | {
        "orders.label": "Bestellungen",
        "orders.question": "Wie viele Bestellungen gingen ein?",
        "orders.formula": "gezählte Bestellungen mit Datum im Zeitraum",
        "units.label": "Verkaufte Stücke",
        "units.question": "Wie viele Stücke wurden verkauft und behalten?",
        "units.formula": "Stücke der Bestellungen im Zeitraum minus im Zeitraum erstattete Stücke",
        "gross_sales.label": "Umsatz vor Rabatten",
        "gross_sales.question": "Was war die Ware vor Gutscheinen wert?",
        "gross_sales.formula": "Ware der Bestellungen vor Gutscheinen, ohne Steuer und Versand, vor Erstattungen",
        "discounts.label": "Rabatte",
        "discounts.question": "Wie viel wurde über Gutscheine nachgelassen?",
        "discounts.formula": "Gutscheinrabatte der Bestellungen im Zeitraum, ohne Steuer",
        "refunds_value.label": "Erstattungen",
        "refunds_value.question": "Wie viel wurde für Ware zurückgezahlt?",
        "refunds_value.formula": "erstattete Ware ohne Steuer und Versand, nach dem Tag der Erstattung",
        "net_revenue.label": "Nettoumsatz",
        "net_revenue.question": "Was blieb für die Ware nach Rabatten und Erstattungen?",
        "net_revenue.formula": "Umsatz vor Rabatten - Rabatte - Erstattungen; ohne Steuer und Versand",
        "taxes.label": "Steuern",
        "taxes.question": "Wie viel Steuer wurde eingenommen?",
        "taxes.formula": "Steuer der Bestellungen im Zeitraum minus Steuer in den Erstattungen des Zeitraums",
        "shipping.label": "Versand",
        "shipping.question": "Wie viel wurde für Versand bezahlt?",
        "shipping.formula": "Versand der Bestellungen ohne Steuer minus Versand in den Erstattungen des Zeitraums",
        "total_sales.label": "Gesamtumsatz",
        "total_sales.question": "Wie viel Geld kam insgesamt ein?",
        "total_sales.formula": "Nettoumsatz + Steuern + Versand",
        "aov.label": "Durchschnittlicher Bestellwert",
        "aov.question": "Was ist eine Bestellung im Schnitt wert?",
        "aov.formula": "Ware ohne Steuer und Versand, vor Erstattungen / Bestellungen",
        "aov_after_refunds.label": "Durchschnittlicher Bestellwert nach Erstattungen",
        "aov_after_refunds.question": "Was bleibt von einer Bestellung im Schnitt nach Erstattungen?",
        "aov_after_refunds.formula": "Nettoumsatz / Bestellungen; das zeigen die Berichte der Shops",
        "aov_total.label": "Durchschnittlicher Rechnungsbetrag",
        "aov_total.question": "Was zahlt ein Kunde im Schnitt für eine Bestellung?",
        "aov_total.formula": "Rechnungsbeträge mit Steuer und Versand / Bestellungen",
        "items_per_order.label": "Stücke je Bestellung",
        "items_per_order.question": "Wie viele Stücke enthält eine Bestellung?",
        "items_per_order.formula": "Stücke der Bestellungen im Zeitraum, vor Erstattungen / Bestellungen",
        "refund_rate_orders.label": "Erstattungsquote (Bestellungen)",
        "refund_rate_orders.question": "Bei wie vielen Bestellungen wurde etwas erstattet?",
        "refund_rate_orders.formula": (
            "Bestellungen des Zeitraums mit einer Erstattung bis heute / Bestellungen des Zeitraums"
        ),
        "refund_rate_value.label": "Erstattungsquote (Wert)",
        "refund_rate_value.question": "Welcher Anteil des Warenwerts wurde erstattet?",
        "refund_rate_value.formula": (
            "bis heute erstattete Ware der Bestellungen des Zeitraums / Ware dieser Bestellungen vor Erstattungen"
        ),
        "full_refund_rate.label": "Quote voller Erstattungen",
        "full_refund_rate.question": "Wie viele Bestellungen wurden ganz erstattet?",
        "full_refund_rate.formula": (
            "Bestellungen, die zu mindestens 99,5 % erstattet sind / Bestellungen des Zeitraums"
        ),
        "return_rate_units.label": "Rücksendequote (Stücke)",
        "return_rate_units.question": "Welcher Anteil der Stücke kam zurück?",
        "return_rate_units.formula": (
            "zurückgesandte Stücke / verkaufte Stücke der Bestellungen; eine Erstattung allein ist keine Rücksendung"
        ),
        "cancellation_rate.label": "Stornoquote",
        "cancellation_rate.question": "Wie viele Bestellungen wurden storniert?",
        "cancellation_rate.formula": "stornierte Bestellungen / (gezählte + stornierte Bestellungen)",
        "customers.label": "Kunden",
        "customers.question": "Wie viele Menschen haben bestellt?",
        "customers.formula": "Personen mit mindestens einer gezählten Bestellung im Zeitraum",
        "new_customers.label": "Neukunden",
        "new_customers.question": "Wie viele Menschen haben zum ersten Mal bestellt?",
        "new_customers.formula": "Personen, deren allererste Bestellung im Zeitraum liegt",
        "returning_customers.label": "Wiederkehrende Kunden",
        "returning_customers.question": "Wie viele Menschen haben erneut bestellt?",
        "returning_customers.formula": "Personen mit einer Bestellung im Zeitraum, die nicht ihre allererste ist",
        "new_order_share.label": "Anteil der Bestellungen von Neukunden",
        "new_order_share.question": "Wie viel vom Geschäft sind Erstbestellungen?",
        "new_order_share.formula": "Erstbestellungen / Bestellungen zugeordneter Kunden im Zeitraum",
        "returning_order_share.label": "Anteil der Bestellungen wiederkehrender Kunden",
        "returning_order_share.question": "Wie viel vom Geschäft sind Folgebestellungen?",
        "returning_order_share.formula": "Folgebestellungen / Bestellungen zugeordneter Kunden im Zeitraum",
        "new_revenue_share.label": "Anteil des Nettoumsatzes von Neukunden",
        "new_revenue_share.question": "Wie viel Umsatz bringen Erstbestellungen?",
        "new_revenue_share.formula": "Nettoumsatz der Erstbestellungen / Nettoumsatz zugeordneter Kunden",
        "returning_revenue_share.label": "Anteil des Nettoumsatzes wiederkehrender Kunden",
        "returning_revenue_share.question": "Wie viel Umsatz bringen Folgebestellungen?",
        "returning_revenue_share.formula": "Nettoumsatz der Folgebestellungen / Nettoumsatz zugeordneter Kunden",
        "crr.label": "Kundenbindungsrate",
        "crr.question": "Wie viele der zu Beginn aktiven Kunden sind am Ende noch aktiv?",
        "crr.formula": (
            "Kunden, die zu Beginn und am Ende aktiv sind / zu Beginn aktive Kunden; aktiv = Bestellung innerhalb von "
            "retention.active_days Tagen"
        ),
        "crr_textbook.label": "Kundenbindungsrate (Lehrbuch)",
        "crr_textbook.question": "Was ergibt die übliche Formel aus dem Lehrbuch?",
        "crr_textbook.formula": "(am Ende aktive Kunden - Neukunden) / zu Beginn aktive Kunden",
        "churn_rate.label": "Abwanderungsrate",
        "churn_rate.question": "Welcher Anteil der aktiven Kunden ging verloren?",
        "churn_rate.formula": "1 - Kundenbindungsrate",
        "lost_customers.label": "Verlorene Kunden",
        "lost_customers.question": "Wie viele zu Beginn aktive Kunden sind am Ende nicht mehr aktiv?",
        "lost_customers.formula": "zu Beginn aktive Kunden, die am Ende nicht mehr aktiv sind",
        "crr_window.label": "Kundenbindungsrate (Zeitraum zu Zeitraum)",
        "crr_window.question": "Wie viele Käufer des Zeitraums davor haben in diesem wieder gekauft?",
        "crr_window.formula": "Käufer des Zeitraums davor, die in diesem wieder kauften / Käufer des Zeitraums davor",
        "repeat_rate.label": "Wiederkaufrate",
        "repeat_rate.question": "Wie viele Kunden haben jemals erneut bestellt?",
        "repeat_rate.formula": (
            "Personen mit zwei oder mehr Bestellungen / Personen mit einer Bestellung, bis zum Ende des Zeitraums; "
            "wächst mit dem Alter des Shops"
        ),
        "repeat_rate_period.label": "Wiederkaufrate im Zeitraum",
        "repeat_rate_period.question": "Wie viele Kunden haben im Zeitraum mehr als einmal bestellt?",
        "repeat_rate_period.formula": (
            "Personen mit zwei oder mehr Bestellungen im Zeitraum / Personen mit einer Bestellung darin"
        ),
        "repeat_within.label": "Zweite Bestellung innerhalb von {days} Tagen",
        "repeat_within.question": "Wie viele Neukunden bestellen innerhalb von {days} Tagen erneut?",
        "repeat_within.formula": (
            "Personen, deren zweite Bestellung höchstens {days} Tage nach der ersten kam / Personen, deren erste "
            "Bestellung im Zeitraum liegt und mindestens {days} Tage alt ist"
        ),
        "repeat_within_km.label": "Zweite Bestellung innerhalb von {days} Tagen (Kaplan-Meier)",
        "repeat_within_km.question": "Wie viele Neukunden bestellen in {days} Tagen erneut, junge inbegriffen?",
        "repeat_within_km.formula": (
            "1 - geschätzter Anteil der Neukunden des Zeitraums, die {days} Tage nach der ersten noch keine zweite "
            "Bestellung haben; jeder wird verfolgt, so lange man ihn kennt"
        ),
        "purchase_frequency.label": "Kaufhäufigkeit",
        "purchase_frequency.question": "Wie oft bestellt ein Kunde im Zeitraum?",
        "purchase_frequency.formula": "Bestellungen zugeordneter Kunden / Kunden im Zeitraum",
        "time_between_orders.label": "Zeit zwischen Bestellungen",
        "time_between_orders.question": "Wie lange dauert es, bis ein Kunde erneut bestellt?",
        "time_between_orders.formula": (
            "Median der Zeit zwischen zwei aufeinanderfolgenden Bestellungen eines Kunden, die spätere im Zeitraum"
        ),
        "cohorts.label": "Kohorten",
        "cohorts.question": "Wie viele Kunden eines Startmonats kommen in späteren Monaten wieder?",
        "cohorts.formula": (
            "Kunden einer Kohorte mit einer Bestellung in einer späteren Kalendereinheit / Kunden der Kohorte; eine "
            "Kohorte sind alle, deren allererste Bestellung in dieselbe Einheit fiel. Andere Lesarten: Bestellungen "
            "oder Nettoumsatz statt Kunden (--measure), bis zu einer Spalte (--cumulative), Blöcke von 30 Tagen "
            "(--rolling), ab dem ersten Kontakt oder der ersten Zahlung (--base), nach dem, was die erste "
            "Bestellung sagt (--cohort-by)"
        ),
        "clv_historical.label": "Bisheriger Kundenwert",
        "clv_historical.question": "Wie viel hat ein Kunde bisher im Schnitt eingebracht?",
        "clv_historical.formula": (
            "Nettoumsatz aller Bestellungen bis zum Ende des Zeitraums, nach Erstattungen und mal clv.margin / alle "
            "Kunden mit einer Bestellung; die Tabelle: dasselbe je Monat der ersten Bestellung und Monat des Alters"
        ),
        "clv_predicted.label": "Erwarteter Kundenwert",
        "clv_predicted.question": "Wie viel wird ein Kunde in den nächsten Monaten im Schnitt einbringen?",
        "clv_predicted.formula": (
            "erwartete Käufe (BG/NBD) x erwarteter Wert eines Kaufs (Gamma-Gamma), Monat für Monat über "
            "clv.horizon_months, abgezinst mit clv.discount_rate im Jahr, mal clv.margin; der Mittelwert aller Kunden"
        ),
        "rfm.label": "Kundensegmente (RFM)",
        "rfm.question": "Welche Kunden sind die besten, welche drohen zu gehen, welche sind fort?",
        "rfm.formula": (
            "Kunden der letzten 24 Monate, bewertet mit 1 bis 5 nach Tagen seit der letzten Bestellung (R), "
            "Bestellungen (F) und Nettoumsatz (M): 1 + floor(5 x Kunden, die schlechter sind / Kunden); Segmente nach "
            "R und dem Mittel von F und M"
        ),
    },
)
