"""What happens to people's data, for apps above that hold some of it.

Receivers are connected in ``AppConfig.ready`` and run in the transaction of the sender.
"""

from django.dispatch import Signal

# user: User. Their account is being erased; rows with a foreign key to it go by themselves.
# Delete or blank what names them otherwise: copies in text and JSON, files, other tables.
erasing = Signal()
# now: datetime. The daily clean-up; a receiver returns how many things it deleted.
purging = Signal()
