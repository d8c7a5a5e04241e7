"""A shop's own report beside our figures, month by month, and what explains each difference.

books      what is read
ways       how a figure is counted, and the steps from our way to the report's
counting   the figures of each month, counted in any way
span       which months
comparing  reconcile: all of it together
result     what it gives
"""

from connector.reconcile.comparing import reconcile
from connector.reconcile.result import Reconciliation

__all__ = ["Reconciliation", "reconcile"]
