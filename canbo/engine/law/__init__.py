"""Law as dated data: documents, parameters, standards, authority, calendars – loaded, checked, chosen by date."""
