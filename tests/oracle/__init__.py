"""The oracle of staleness: what really was read, found out by watching; it shares no declaration with the product."""
