"""Plays the system's tray and its notifications on the session bus while a program runs, and writes what it hears.

`/usr/bin/python3 notified.py PROGRAM…`: the system's own Python, for its binding of the bus.
"""

import os
import subprocess
import sys
import threading
from typing import Any

from gi.repository import Gio, GLib  # type: ignore[import-not-found]

WATCHER, NOTIFY = "org.kde.StatusNotifierWatcher", "org.freedesktop.Notifications"
SHAPES = f"""<node>
 <interface name="{WATCHER}">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
 </interface>
 <interface name="{NOTIFY}">
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
   <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
   <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
 </interface>
</node>"""
IS = {
    "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
    "RegisteredStatusNotifierItems": GLib.Variant("as", []),
    "ProtocolVersion": GLib.Variant("i", 0),
}


def called(bus: Any, sender: str, path: str, interface: str, method: str, given: Any, answer: Any) -> None:
    told = given.unpack()
    if method == "Notify":
        print(f"heard: {told[3]} | {told[4]}", flush=True)
        answer.return_value(GLib.Variant("(u)", (1,)))
    elif method == "GetCapabilities":
        answer.return_value(GLib.Variant("(as)", (["body"],)))
    else:
        answer.return_value(None)


def main() -> int:
    bus, loop = Gio.bus_get_sync(Gio.BusType.SESSION), GLib.MainLoop()
    shapes = Gio.DBusNodeInfo.new_for_xml(SHAPES)
    for path, name in (("/StatusNotifierWatcher", WATCHER), ("/org/freedesktop/Notifications", NOTIFY)):
        bus.register_object(path, shapes.lookup_interface(name), called, lambda *asked: IS[asked[4]], None)
        Gio.bus_own_name_on_connection(bus, name, Gio.BusNameOwnerFlags.NONE, None, None)
    status: list[int] = []

    def run() -> None:
        status.append(subprocess.run(sys.argv[1:], env=os.environ, check=False).returncode)
        GLib.idle_add(loop.quit)

    GLib.idle_add(lambda: threading.Thread(target=run).start())
    loop.run()
    return status[0]


sys.exit(main())
