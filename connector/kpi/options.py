"""Every option of the figures: its one spelling, its values and its default. The same keys stand in config.yaml.

No option is silently without effect. Imports without Polars.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from connector.errors import UsageError
from connector.kpi.option_values import parsed, problem, unknown, written
from connector.messages.kpi import KPI
from connector.settings import Duration, Strict, Unfit


def _active_days(value: Any) -> Any:
    if value not in ("auto", "period") and (not isinstance(value, int) or isinstance(value, bool)):
        raise Unfit(KPI("option.active_days"))
    return value


def _currency(value: str) -> str:
    code = value.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise Unfit(KPI("option.currency"))
    return code


def _statuses(value: Any) -> Any:
    if value != "counted" and not isinstance(value, list | dict):
        raise Unfit(KPI("option.statuses"))
    return value


def _windows(value: list[int]) -> list[int]:
    return sorted(set(value))


Days = Annotated[int, Field(ge=1, le=3650)]
Rate = Annotated[Decimal, Field(gt=0, lt=1_000_000, allow_inf_nan=False)]


class Samples(Strict):
    """Below `tiny` cases only counts are shown; below `small` the figure carries a warning (C9)."""

    tiny: int = Field(default=5, ge=0, description="fewer cases than this: counts only, no percentage")
    small: int = Field(default=30, ge=0, description="fewer cases than this: shown as a small sample")


class Identity(Strict):
    """Who is the same person (C2)."""

    plus_tags: Literal["keep", "merge"] = Field(default="keep", description="merge: ann+shop@… is the same as ann@…")
    phone: bool = Field(default=False, description="join persons on phone numbers too, in their international form")
    ignore: list[str] = Field(default=[], description="addresses that are nobody, e.g. those of your own staff")
    relay_domains: list[str] = Field(default=[], description="domains of marketplaces that hand out addresses")
    shared_names: int = Field(default=5, ge=1, description="an address used with more names than this is nobody's own")


class Orders(Strict):
    """Which orders count, and on which day (C5)."""

    date: Literal["created", "paid", "completed"] = Field(default="created", description="the day an order counts on")
    merge: Literal["none", "day"] = Field(
        default="none",
        description="day: orders of one person on one day are one, for repeat purchase and the time between orders",
    )
    statuses: Annotated[Literal["counted"] | list[str] | dict[str, list[str]], BeforeValidator(_statuses)] = Field(
        default="counted", description="counted = each shop's own rule; or a list of statuses, or one per source"
    )
    min_total: Annotated[Decimal, Field(ge=0, allow_inf_nan=False)] | None = Field(
        default=None, description="orders below this total, in their own currency, do not count"
    )
    exclude_tags: list[str] = Field(default=[], description="orders with one of these tags do not count")
    line_level: bool = Field(
        default=False, description="money of goods from order lines alone; with a product filter only from its lines"
    )


class Refunds(Strict):
    """On which day refunds count, and how one without tax and shipping is split (section 3, C6)."""

    date: Literal["refund", "order"] = Field(default="refund", description="the day of the refund, or that of the sale")
    split: Literal["estimate", "net"] = Field(
        default="estimate", description="estimate: in the order's proportions; net: all goods, as shop reports do"
    )


class Currency(Strict):
    """Conversion of amounts (C6)."""

    report: Annotated[str, AfterValidator(_currency)] | None = Field(
        default=None, description="convert all amounts to this currency, e.g. EUR; null = one row per currency"
    )
    rates: Literal["order", "table", "ecb"] = Field(
        default="order",
        description="order: the order's own rate, else the table; table: the table alone; ecb: the European Central "
        "Bank's history (needs the extra ecb)",
    )
    table: dict[Annotated[str, AfterValidator(_currency)], Rate | dict[date, Rate]] = Field(
        default={},
        description="rates of your own: units of a currency for one unit of the report currency, for all time or each "
        "from its day on",
        examples=["{USD: 1.08, CHF: {2024-01-01: 0.94, 2024-07-01: 0.97}}"],
    )


class Customers(Strict):
    """Who is a customer (4.1)."""

    ignore_fully_refunded: bool = Field(default=False, description="a fully refunded order makes no customer")


class Returning(Strict):
    """Who is a returning customer (4.1)."""

    mode: Literal["not_first", "prior_period_only"] = Field(
        default="not_first",
        description="not_first: any order but the first; prior_period_only: first order before the period",
    )


class Retention(Strict):
    """How long a customer is active after an order (4.2)."""

    active_days: Annotated[Days | Literal["auto", "period"], BeforeValidator(_active_days)] = Field(
        default=365,
        description="days; auto: from the usual time between orders; period: with an order in the period before",
    )


class Repeat(Strict):
    """The second order (4.4)."""

    windows: Annotated[list[Days], Field(min_length=1), AfterValidator(_windows)] = Field(
        default=[30, 60, 90, 180, 365], description="days after the first order: one figure each"
    )
    headline: Days = Field(default=90, description="the window of the headline figure")
    method: Literal["fixed", "km"] = Field(
        default="fixed",
        description="how young customers are treated: left out, or followed as long as can be (Kaplan-Meier)",
    )


class Cohorts(Strict):
    """The cohort table (4.6)."""

    grain: Literal["week", "month", "quarter"] = Field(
        default="month", description="the calendar unit of rows and columns"
    )
    base: Literal["first_order", "first_contact", "first_paid"] = Field(
        default="first_order",
        description="what puts a customer into a cohort; first_paid: the day the first order was paid",
    )
    measure: Literal["active", "orders", "orders_per_member", "revenue", "revenue_per_member"] = Field(
        default="active",
        description="what a cell holds: who ordered, how many orders, net revenue; in all, or per member",
    )
    cumulative: bool = Field(default=False, description="up to a column, not in it alone")
    rolling: bool = Field(
        default=False, description="columns are blocks of 30 days from each customer's own first order"
    )
    by: Literal["date", "product", "country", "coupon", "channel"] = Field(
        default="date", description="one cohort per unit of time, or per value of the first order"
    )


class Clv(Strict):
    """Customer value (4.7, 4.8)."""

    horizon_months: int = Field(default=12, ge=1, le=60, description="months looked ahead")
    discount_rate: float = Field(
        default=0.10, ge=0, le=1, allow_inf_nan=False, description="a year: 0.10 = 10 %; for values to come"
    )
    margin: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] | None = Field(
        default=None, description="share of net revenue that is left after the cost of goods: 0.35; null = all of it"
    )
    min_customers: int = Field(default=200, ge=10, description="fewer customers: no prediction")
    min_repeaters: int = Field(default=100, ge=5, description="fewer customers who bought again: no prediction")
    min_weeks: int = Field(default=26, ge=4, description="fewer weeks of history: no prediction")


class Abandonment(Strict):
    """Checkouts and carts without an order (4.9)."""

    hours: Literal[1, 24, 72] = Field(default=24, description="hours after which a checkout counts as abandoned")


class Service(Strict):
    """Conversations (section 5)."""

    clock: Literal["auto", "business", "calendar"] = Field(
        default="auto", description="the headline clock; auto: opening hours where there are any"
    )
    attribution: Literal["created", "event"] = Field(
        default="created", description="the day a conversation counts on: its creation, or the reply or solution itself"
    )
    bots: list[str] = Field(default=[], description="names or numbers of agents that are programs")
    exclude_tags: list[str] = Field(default=[], description="conversations with one of these tags do not count")


class Frt(Strict):
    """First response time (5.1)."""

    agent_started: Literal["exclude", "second_reply"] = Field(
        default="exclude",
        description="conversations that an agent opened: left out, or timed to the next reply",
    )
    start: Literal["handoff", "created", "first_customer_message"] = Field(
        default="handoff", description="from when on the customer waits; handoff: where a bot handed over, else created"
    )


Target = Annotated[Duration, Field(ge=1)]


class Sla(Strict):
    """Target times of the first reply, by channel (5.1); a desk's own target for a conversation goes first."""

    chat: Target = Field(default=120.0, description="seconds; written 2m")
    messaging: Target = Field(default=900.0, description="seconds; written 15m")
    email: Target = Field(default=86_400.0, description="seconds; written 24h")
    form: Target = Field(default=86_400.0, description="seconds; written 24h")
    phone: Target = Field(default=30.0, description="seconds; written 30s")
    social: Target = Field(default=86_400.0, description="seconds; written 24h")
    marketplace: Target = Field(default=86_400.0, description="seconds; written 24h")
    other: Target = Field(default=86_400.0, description="seconds; written 24h")


class Aht(Strict):
    """Average handling time (5.2)."""

    concurrency: Literal["divide", "full"] = Field(
        default="divide", description="seconds spent on several chats at once: shared out, or whole for each chat"
    )


class Fcr(Strict):
    """First contact resolution (5.3)."""

    method: Literal["recontact", "one_touch", "not_reopened", "survey"] = Field(
        default="recontact", description="what counts as resolved at first contact"
    )
    days: int = Field(default=7, ge=1, le=30, description="days without another contact")
    scope: Literal["any", "same_topic", "same_order"] = Field(
        default="any", description="which other contact counts: any, one with a tag in common, one about the same order"
    )
    ignore_thanks: bool = Field(default=True, description="a thank-you reopens nothing")


class Csat(Strict):
    """Customer satisfaction (5.5)."""

    answer: Literal["latest", "first"] = Field(
        default="latest", description="which of several answers to one survey counts"
    )
    date: Literal["answer", "solved"] = Field(
        default="answer", description="the day an answer counts on: its own, or the day the conversation was solved"
    )


class Ces(Strict):
    """Customer effort score (5.7)."""

    version: Literal[1, 2] | None = Field(
        default=None,
        description="the question that was asked: 1 = how much effort, on 1 to 5; 2 = it was easy, on 1 to 7",
    )


def _channels(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Channel = Literal["chat", "messaging", "email", "form", "phone", "social", "marketplace", "other", "all"]


class Cross(Strict):
    """Figures across shop and service (section 6)."""

    index: Literal["first", "every_order"] = Field(default="first", description="the order looked from")
    channels: Annotated[list[Channel], Field(min_length=1), BeforeValidator(_channels)] = Field(
        default=["chat"], description="channels of conversations before a purchase; all = every channel"
    )
    exposure_days: Days = Field(default=30, description="days after the order in which a contact or refund counts")
    outcome_days: Days = Field(default=90, description="days after the order in which another order counts")
    landmark: bool = Field(
        default=True, description="leave out who ordered again while the days of exposure were not over"
    )
    prepurchase_days: Literal[1, 3, 5, 7, 30] = Field(
        default=7, description="days from a chat in which an order counts as following it"
    )
    returning: bool = Field(
        default=False, description="chats of those who had ordered before, instead of those who had not"
    )
    attribution_days: Days = Field(
        default=30, description="days from an order to a conversation that names none and is taken to be about it"
    )
    risk_hours: int = Field(
        default=24, ge=1, le=8760, description="hours without a reply after which revenue counts as at risk"
    )
    waiting: bool = Field(default=False, description="revenue at risk: also those who wait for a later reply")


class KpiOptions(Strict):
    """All options of all figures, with the defaults of the definitions."""

    samples: Samples = Samples()
    identity: Identity = Identity()
    orders: Orders = Orders()
    refunds: Refunds = Refunds()
    currency: Currency = Currency()
    customers: Customers = Customers()
    returning: Returning = Returning()
    retention: Retention = Retention()
    repeat: Repeat = Repeat()
    cohorts: Cohorts = Cohorts()
    clv: Clv = Clv()
    abandonment: Abandonment = Abandonment()
    service: Service = Service()
    frt: Frt = Frt()
    sla: Sla = Sla()
    aht: Aht = Aht()
    fcr: Fcr = Fcr()
    csat: Csat = Csat()
    ces: Ces = Ces()
    cross: Cross = Cross()

    def value(self, path: str) -> Any:
        """The value in force of an option: `value("orders.date")`."""
        block, _, name = path.partition(".")
        return getattr(getattr(self, block), name)

    def with_override(self, text: str) -> KpiOptions:
        """These options with one changed, as `--set orders.date=paid` asks. Raises UsageError."""
        path, equals, said = text.partition("=")
        path = path.strip()
        block_name, _, name = path.partition(".")
        if not equals or not name:
            raise UsageError(KPI("option.syntax", text=text), KPI("option.syntax.advice"))
        if block_name not in type(self).model_fields:
            raise unknown(path, block_name, type(self).model_fields)
        block = getattr(self, block_name)
        if name not in type(block).model_fields:
            raise unknown(path, name, (f"{block_name}.{field}" for field in type(block).model_fields))
        try:
            changed = type(block).model_validate({name: parsed(said)})
        except ValidationError as error:
            default = written(type(block).model_fields[name].default)
            raise UsageError(
                KPI("option.wrong", path=path, problem=problem(error)), KPI("option.wrong.advice", default=default)
            ) from None
        return self.model_copy(update={block_name: block.model_copy(update={name: getattr(changed, name)})})
