from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """Pages of 50 by id, newest first, without OFFSET."""

    page_size = 50
    ordering = "-id"
