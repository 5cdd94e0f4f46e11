from .scopes import FLOOR_VIEW as FLOOR_VIEW
