"""What customers and employees do, with the traces that PrestaShop's core leaves."""

from __future__ import annotations

from adapters.prestashop.simulator.stock import COUNTRIES
from adapters.prestashop.simulator.world import World
from connector.simulation.people import PretendPerson

_COUNTRY_IDS = {code: str(number) for number, (code, _, _) in COUNTRIES.items()}
NOBODY = "anonymous@psgdpr.com"  # as the GDPR module calls it
_HASH = "$2y$10$AAAAAAAAAAAAAAAAAAAAAAbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"


class PeopleDeeds(World):
    """A shop with people in it."""

    def _next_number(self, name: str) -> int:
        self._next[name] = self._next.get(name, 1) + 1
        return self._next[name] - 1

    # --- customers ---------------------------------------------------------------------------------------------------

    def create_customer(self, person: PretendPerson, *, email: str | None = None, guest: bool = False) -> int:
        """An account, or the row that every guest order makes anew; with an address."""
        with self.lock:
            number = self.insert(
                "customers",
                {
                    "firstname": person.first_name,
                    "lastname": person.last_name,
                    "company": person.company,
                    "email": email or (person.typed_email if guest else person.email),
                    "is_guest": "1" if guest else "0",
                    "passwd": _HASH,
                    "secure_key": f"{self.random.getrandbits(128):032x}",
                    "reset_password_token": f"{self.random.getrandbits(64):016x}",
                    "ip_registration_newsletter": "203.0.113.7",
                    "last_passwd_gen": self.now(),
                    "associations": {"groups": [{"id": "2" if guest else "3"}]},
                },
            )
            self.create_address(number, person)
            return number

    def create_address(self, customer: int, person: PretendPerson) -> int:
        """An address; the customer's own date stays."""
        with self.lock:
            return self.insert(
                "addresses",
                {
                    "id_customer": str(customer),
                    "id_country": _COUNTRY_IDS.get(person.country, "1"),
                    "firstname": person.first_name,
                    "lastname": person.last_name,
                    "company": person.company,
                    "address1": person.street,
                    "postcode": person.postcode,
                    "city": person.city,
                    "phone": person.phone,
                },
            )

    def address_of(self, customer: int) -> str:
        """The id of a customer's latest address; "0" where there is none."""
        owned = [key for key, row in self.rows("addresses").items() if row["id_customer"] == str(customer)]
        return str(max(owned, default=0))

    def create_nobody(self) -> int:
        """The account that the GDPR module hands erased customers' orders to."""
        with self.lock:
            values = {"firstname": "Anonymous", "lastname": "Anonymous", "email": NOBODY, "active": "0"}
            return self.insert("customers", values)

    def delete_customer(self, customer: int) -> None:
        """The back office's "delete": the row is gone, orders keep its number."""
        with self.lock:
            self.delete("customers", customer)

    def hide_customer(self, customer: int) -> None:
        """The other "delete", which lets nobody register with the address again: the row stays, marked."""
        with self.lock:
            self.update("customers", customer, deleted="1", active="0")

    def convert_guest(self, customer: int) -> None:
        """A guest becomes an account; nothing else changes, not even orders' dates."""
        with self.lock:
            self.update("customers", customer, is_guest="0")

    # --- the shop's own customer service -----------------------------------------------------------------------------

    def open_thread(self, *, email: str, customer: int = 0, order: int = 0, contact: int = 0) -> int:
        """A conversation; with contact 0 it was begun on the order's page."""
        with self.lock:
            return self.insert(
                "customer_threads",
                {
                    "id_customer": str(customer),
                    "id_order": str(order),
                    "id_contact": str(contact),
                    "email": email,
                    "token": f"{self.random.getrandbits(48):012x}",
                    "status": "open",
                },
            )

    def write(self, thread: int, text: str, *, employee: int = 0, private: bool = False) -> int:
        """A message. The thread's date stays."""
        with self.lock:
            number = self.insert(
                "customer_messages",
                {
                    "id_employee": str(employee),
                    "id_customer_thread": str(thread),
                    "ip_address": "" if employee else "2130706433",
                    "user_agent": "Mozilla/5.0",
                    "message": text,
                    "private": "1" if private else "0",
                },
            )
            row = self.row("customer_threads", thread)
            messages = [*row["associations"].get("customer_messages", ()), {"id": str(number)}]
            self.overwrite("customer_threads", thread, associations={"customer_messages": messages})
            return number

    def set_thread(self, thread: int, status: str) -> None:
        """A thread's status: open, closed, pending1 or pending2; moves its date."""
        with self.lock:
            self.update("customer_threads", thread, status=status)
