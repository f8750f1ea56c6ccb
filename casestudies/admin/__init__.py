"""Our pages in the Wagtail admin: its screens, with the portal's rules and services behind them."""
