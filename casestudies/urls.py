"""Addresses of case studies outside the page tree: review, writing, workspace."""

from django.urls import URLPattern, URLResolver, path

from casestudies.views import (
    acts,
    assigning,
    autosaving,
    keeping,
    materials,
    notifications,
    review,
    reviewer,
    sending,
    share,
    together,
    translating,
    translation_files,
    versions,
    workspace,
)
from casestudies.views.permanent import permanent_address

app_name = "casestudies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<str:number>/", permanent_address, name="permanent"),
    path("cases/<str:number>/versions/", versions.versions, name="versions"),
    path("share/", share.start, name="share"),
    path("share/<str:number>/", share.resume, name="share_resume"),
    path("share/<str:number>/check/", sending.check, name="share_check"),
    path("share/<str:number>/preview/", sending.preview, name="share_preview"),
    path("share/<str:number>/delete/", sending.delete, name="share_delete"),
    path("share/<str:number>/<slug:slug>/", share.step, name="share_step"),
    path("share/<str:number>/<slug:slug>/save/", autosaving.autosave, name="share_autosave"),
    path("share/<str:number>/<slug:slug>/here/", together.here, name="share_here"),
    path("workspace/", workspace.workspace, name="workspace"),
    path("workspace/library/", materials.materials, name="materials"),
    path("workspace/library/send/", materials.materials_send, name="materials_send"),
    path(
        "workspace/library/<slug:kind>/<int:pk>/delete/",
        materials.material_remove,
        name="material_remove",
    ),
    path("workspace/library/<slug:kind>/<int:pk>/", materials.material, name="material"),
    path("workspace/record/", acts.record, name="record"),
    path("workspace/record.csv", acts.record_file, name="record_file"),
    path("workspace/notifications/", notifications.notifications, name="notifications"),
    path("workspace/notifications/read/", notifications.read_all, name="notifications_read"),
    path("workspace/notifications/mails/", notifications.choices, name="mail_choices"),
    path("workspace/notifications/<int:pk>/", notifications.open_notification, name="notification"),
    path(
        "workspace/notifications/<int:pk>/read/", notifications.read_one, name="notification_read"
    ),
    path("workspace/notifications/leave/<str:token>/", notifications.leave, name="leave_mails"),
    path("workspace/<str:number>/", workspace.workspace_case, name="workspace_case"),
    path("workspace/<str:number>/confirm/", keeping.confirm, name="workspace_confirm"),
    path("workspace/<str:number>/authors/", together.authors, name="authors"),
    path(
        "workspace/<str:number>/authors/<int:pk>/take-off/",
        together.take_off,
        name="author_take_off",
    ),
    path("workspace/<str:number>/translations/", translating.translations, name="translations"),
    path(
        "workspace/<str:number>/translations/<str:language>/",
        translating.translate,
        name="translate",
    ),
    path(
        "workspace/<str:number>/translations/<str:language>/xliff/",
        translation_files.download,
        name="translation_download",
    ),
    path(
        "workspace/<str:number>/translations/<str:language>/file/",
        translation_files.upload,
        name="translation_upload",
    ),
    path("review/", review.review_queue, name="review"),
    path("review/profile/", reviewer.profile, name="review_profile"),
    path("review/asked/<int:pk>/", reviewer.request_page, name="review_asked"),
    path("review/asked/<int:pk>/accept/", reviewer.accept, name="review_accept"),
    path("review/asked/<int:pk>/decline/", reviewer.decline, name="review_decline"),
    path("review/asked/<int:pk>/take-back/", assigning.take_back, name="review_take_back"),
    path("review/asked/<int:pk>/take-over/", assigning.take_over, name="review_take_over"),
    path("review/<int:pk>/", review.review_case, name="review_case"),
    path("review/<int:pk>/reviewers/", assigning.reviewers, name="review_reviewers"),
    path("review/<int:pk>/reviewers/ask/", assigning.ask, name="review_ask"),
    path("review/<int:pk>/decide/", review.review_act, name="review_act"),
    path("review/<int:pk>/withdraw/", review.review_withdraw, name="review_withdraw"),
    path("review/<int:pk>/readers/", keeping.readers, name="review_readers"),
    path("review/<int:pk>/move/", keeping.move, name="review_move"),
    path("review/<int:pk>/restore/", review.review_restore, name="review_restore"),
]
