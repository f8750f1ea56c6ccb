"""Puts our discreet ways in the place of Wagtail's, after Wagtail has named its own."""

from wagtail import hooks
from wagtail.admin.views.pages import bulk_actions as of_pages
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.views import bulk_actions as of_documents
from wagtail.images.views import bulk_actions as of_images

from portal.core.discreet import KnownDocuments, KnownImages, ReadOnlyPages, discreet

AFTER_WAGTAIL = 1
ACTS = (
    of_pages.DeleteBulkAction,
    of_pages.MoveBulkAction,
    of_pages.PublishBulkAction,
    of_pages.UnpublishBulkAction,
    of_images.AddTagsBulkAction,
    of_images.AddToCollectionBulkAction,
    of_images.DeleteBulkAction,
    of_documents.AddTagsBulkAction,
    of_documents.AddToCollectionBulkAction,
    of_documents.DeleteBulkAction,
)

for act in ACTS:
    hooks.register("register_bulk_action", discreet(act), order=AFTER_WAGTAIL)


@hooks.register("construct_admin_api", order=AFTER_WAGTAIL)
def serve_what_is_known(router: WagtailAPIRouter) -> None:
    """Serve pages, images and documents to those who may know of them."""
    router.register_endpoint("pages", ReadOnlyPages)
    router.register_endpoint("images", KnownImages)
    router.register_endpoint("documents", KnownDocuments)
