"""A person's network, in the hands of a test: it goes away, comes back, or carries nothing and tells nobody."""

from __future__ import annotations

from playwright.sync_api import Page, WebSocketRoute


class Network:
    """What stands between one page and the server: its WebSockets go through here."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[str] = []
        self._is_there = True
        self._is_stalled = False
        self._routes: list[WebSocketRoute] = []
        page.route_web_socket("**/socket.io/**", self._carry)

    def goes(self) -> None:
        """Every connection breaks, and none can be made."""
        self._is_there = False
        for route in self._routes:
            route.close(code=1001)
        self._routes.clear()
        self._tell("offline")

    def comes_back(self) -> None:
        """Connections can be made again, and the browser says so."""
        self._is_there = True
        self._is_stalled = False
        self._tell("online")

    def stalls(self) -> None:
        """Nothing passes, either way, and no connection is closed."""
        self._is_stalled = True

    def said(self, event: str) -> int:
        """Count what left the page under this name."""
        return sum(f'"{event}"' in frame for frame in self.frames)

    def _carry(self, route: WebSocketRoute) -> None:
        if not self._is_there:
            route.close(code=1001)
            return
        server = route.connect_to_server()
        self._routes.append(route)

        def out(frame: str | bytes) -> None:
            if not self._is_stalled:
                self.frames.append(str(frame))
                server.send(frame)

        def back(frame: str | bytes) -> None:
            if not self._is_stalled:
                route.send(frame)

        route.on_message(out)
        server.on_message(back)

    def _tell(self, event: str) -> None:
        devtools = self.page.context.new_cdp_session(self.page)
        devtools.send("Runtime.evaluate", {"expression": f"dispatchEvent(new Event('{event}'))"})
