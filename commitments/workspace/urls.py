"""The tree of the workspace."""

from django.urls import include, path

from commitments.notices import views as notices
from commitments.reminders import views as reminders
from commitments.reporting.views import board, cycles, printing, queue, report, review, review_report, update
from commitments.workspace.views import audit, meetings, records, review_revision, revisions, settings, tasks

app_name = "workspace"
urlpatterns = [
    path("", tasks.tasks, name="tasks"),
    path("indicators/<str:code>/update/", update.update_indicator, name="update-indicator"),
    path("indicators/<str:code>/update/save/", update.autosave_update, name="autosave-update"),
    path("indicators/<str:code>/update/preview/", update.preview_update, name="preview-update"),
    path("indicators/<str:code>/update/check/", update.check_update, name="check-update"),
    path("indicators/<str:code>/update/received/", update.update_receipt, name="update-receipt"),
    path("indicators/<str:code>/propose/", records.propose_again, name="propose-again"),
    path("figures/<int:pk>/confirm/", review.confirm, name="confirm"),
    path("reports/<int:pk>/", report.group_report, name="group-report"),
    path("reports/<int:pk>/save/", report.autosave_group_report, name="autosave-group-report"),
    path("reports/<int:pk>/check/", report.check_group_report, name="check-group-report"),
    path("reports/<int:pk>/received/", report.group_report_receipt, name="group-report-receipt"),
    path("reports/<int:pk>/read/", printing.report_reading, name="report-reading"),
    path("reports/<int:pk>/files/", printing.report_files, name="report-files"),
    path("reports/files/<str:code>/", printing.report_file, name="report-file"),
    path("board/", board.board, name="board"),
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/new/", cycles.new_cycle, name="new-cycle"),
    path("cycles/<slug:slug>/", cycles.cycle, name="cycle"),
    path("cycles/<slug:slug>/dates/", cycles.change_cycle, name="change-cycle"),
    path("cycles/<slug:slug>/extend/", cycles.extend_cycle, name="extend-cycle"),
    path("cycles/<slug:slug>/close/", cycles.close_cycle, name="close-cycle"),
    path("cycles/<slug:slug>/remind/", reminders.chase, name="chase"),
    path("review/", queue.review, name="review"),
    path("review/figures/<int:pk>/", review.review_measurement, name="review-measurement"),
    path("review/reports/<int:pk>/", review_report.review_report, name="review-report"),
    path("review/country-reports/<int:pk>/", review_report.review_report, name="review-country-report"),
    path("review/indicators/<str:code>/", records.review_indicator, name="review-indicator"),
    path("commitments/", records.records, name="records"),
    path("commitments/new/", records.new_commitment, name="new-commitment"),
    path("commitments/<str:code>/edit/", records.edit_commitment, name="edit-commitment"),
    path("commitments/<str:code>/indicators/new/", records.propose_indicator, name="propose-indicator"),
    path("commitments/<str:code>/indicators/", revisions.commitment_indicators, name="commitment-indicators"),
    path("indicators/<str:code>/revise/<slug:subject>/", revisions.propose_revision, name="propose-revision"),
    path("indicators/<str:code>/revise/<slug:subject>/preview/", revisions.preview_revision, name="preview-revision"),
    path("revisions/<int:pk>/", revisions.revision, name="revision"),
    path("review/revisions/<int:pk>/", review_revision.review_revision, name="review-revision"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.new_meeting, name="new-meeting"),
    path("meetings/<slug:slug>/edit/", meetings.edit_meeting, name="edit-meeting"),
    path("reminders/", notices.notices, name="notices"),
    path("users/", include("commitments.appointments.urls")),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.audit_export, name="audit-export"),
    path("audit/<slug:kind>/<int:number>/", audit.audit_entry, name="audit-entry"),
    path("settings/", settings.settings, name="settings"),
    path("settings/office/", settings.office, name="settings-office"),
    path("settings/office/<int:pk>/", settings.office, name="settings-office-version"),
    path("settings/office/<int:pk>/take-back/", settings.take_back_office, name="settings-office-take-back"),
    path("settings/thresholds/<slug:slug>/", settings.thresholds, name="settings-thresholds"),
    path("settings/thresholds/<slug:slug>/<int:pk>/", settings.thresholds, name="settings-thresholds-version"),
    path(
        "settings/thresholds/<slug:slug>/<int:pk>/take-back/",
        settings.take_back_thresholds,
        name="settings-thresholds-take-back",
    ),
]
