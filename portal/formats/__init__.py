"""Forms of dates and numbers where Django's own are not the ones the portal writes."""
