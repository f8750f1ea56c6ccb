"""What other floors may listen to about a published case, besides Wagtail's own signals."""

from django.dispatch import Signal

# Sent in the transaction of the change, with `instance`: who may read a case, where it belongs or
# until when it holds has changed without a new version.
case_record_changed = Signal()
