"""Addresses of the pages about people, under /workspace/users/."""

from django.urls import path

from commitments.appointments import views

ONE = "<int:person_id>/"
POST = f"{ONE}appointments/<int:appointment_id>/"

urlpatterns = [
    path("", views.users, name="users"),
    path("invite/", views.invite, name="invite"),
    path(ONE, views.person, name="person"),
    path(f"{ONE}invite-again/", views.invite_again, name="invite-again"),
    path(f"{ONE}appoint/", views.appoint, name="appoint"),
    path(f"{ONE}end-access/", views.end_access, name="end-access"),
    path(f"{POST}dates/", views.change_dates, name="appointment-dates"),
    path(f"{POST}deputy/", views.appoint_deputy, name="appoint-deputy"),
    path(f"{POST}hand-over/", views.hand_over, name="appointment-hand-over"),
    path(f"{POST}end/", views.end_appointment, name="end-appointment"),
]
