"""Facts about models as data: what they cost, what they can do, and until when they are there."""
