"""The smallest correction of a planning list: among people who meet the standard, with a proof or an honest gap."""
