"""Addresses below /groups/."""

from django.urls import path

from bilik.groups.views import due, entering, meetings, members, mine, page

app_name = "groups"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("found/", mine.found, name="found"),
    path("join/", entering.join, name="join"),
    path("join/<str:code>/", entering.join, name="join_code"),
    path("invitations/<str:token>/", entering.invitation, name="invitation"),
    path("<uuid:ref>/", page.group, name="group"),
    path("<uuid:ref>/change/", mine.change, name="change"),
    path("<uuid:ref>/archive/", mine.archive, name="archive"),
    path("<uuid:ref>/codes/", entering.codes, name="codes"),
    path("<uuid:ref>/codes/<uuid:code>/", entering.wall, name="wall"),
    path("<uuid:ref>/codes/<uuid:code>/revoke/", entering.revoke_code, name="revoke_code"),
    path("<uuid:ref>/invitations/", entering.invitations, name="invitations"),
    path("<uuid:ref>/invitations/<uuid:invitation>/revoke/", entering.revoke_invitation, name="revoke_invitation"),
    path("<uuid:ref>/leave/", members.leave, name="leave"),
    path("<uuid:ref>/people/add/", members.add, name="add"),
    path("<uuid:ref>/people/<uuid:person>/", members.learner, name="learner"),
    path("<uuid:ref>/people/<uuid:person>/end/", members.end, name="end"),
    path("<uuid:ref>/more-time/<uuid:accommodation>/end/", members.end_more_time, name="end_more_time"),
    path("<uuid:ref>/letters/", members.letters, name="letters"),
    path("<uuid:ref>/dates/", due.deadlines, name="deadlines"),
    path("<uuid:ref>/dates/<uuid:deadline>/lift/", due.lift, name="lift"),
    path("<uuid:ref>/meetings/", meetings.meetings, name="meetings"),
    path("<uuid:ref>/meetings/<uuid:meeting>/cancel/", meetings.cancel, name="cancel"),
    path("<uuid:ref>/meetings/<uuid:meeting>/roll/", meetings.roll, name="roll"),
]
