"""/api/v1/improve: investigations and what follows from them."""

from ninja import Router

from . import action_steps, actions, checking, initiatives, investigations, recommendations, room

router = Router(tags=["improve"])
for _part in (investigations, room, recommendations, checking, actions, action_steps, initiatives):
    router.add_router("", _part.router)
