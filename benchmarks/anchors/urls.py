"""The addresses of the bare project."""

from django.urls import path

from benchmarks.anchors import views

urlpatterns = [
    path("hello", views.hello),
    path("cached", views.cached),
    path("page50", views.page50),
    path("flist", views.flist),
    path("search", views.search),
    path("csv", views.whole),
]
