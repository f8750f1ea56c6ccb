"""For templates of Wagtail's admin that hold an inline script."""

from django import template

from portal.core.admin_nonce import with_nonce

register = template.Library()
register.filter("with_nonce", with_nonce)
