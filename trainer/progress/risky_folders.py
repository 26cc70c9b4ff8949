"""Folders where a record is less safe than elsewhere: those that a sync tool watches, and network drives."""

import re
from pathlib import Path
from typing import NamedTuple

_SYNCED = {
    "box sync": "Box",
    "com~apple~clouddocs": "iCloud Drive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mega": "MEGA",
    "megasync": "MEGA",
    "mobile documents": "iCloud Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "onedrive": "OneDrive",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "seafile": "Seafile",
}
"""What the folders of sync tools are called, and the tools."""
_MAC_FOLDER = "CloudStorage"
"""Holds one folder an account on macOS: "OneDrive-Personal"."""
_SYNCTHING = ".stfolder"
"""Lies at the root of each folder that Syncthing keeps."""
_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "smbnetfs", "afs", "afpfs", "ceph", "lustre", "glusterfs"),
    *("sshfs", "rclone", "davfs", "s3fs", "gvfsd-fuse"),
}
"""File systems that lie on another computer, without the "fuse." before some."""
_MOUNTS = Path("/proc/mounts")


class RiskyFolder(NamedTuple):
    """A folder where a record is less safe than elsewhere."""

    folder: Path
    why: str

    @property
    def warning(self) -> str:
        """Say what is to be known of it."""
        return f"Your record lies in {self.folder}. {self.why}"


def risky_folder(path: Path, mounts: Path = _MOUNTS) -> RiskyFolder | None:
    """Return the folder above a file that a sync tool watches or that is on a network, None if none is."""
    return _synced(path) or _network(path, mounts)


def _synced(path: Path) -> RiskyFolder | None:
    for folder in path.parents:
        if tool := _tool(folder):
            return RiskyFolder(
                folder,
                f"{tool} keeps that in sync: train on one computer at a time, and let {tool} finish in "
                "between. If two have changed the record, trainer brings both versions together. "
                "A folder of this computer alone is safer: --home DIR.",
            )
    return None


def _tool(folder: Path) -> str | None:
    name = folder.name.casefold().partition(" (")[0].partition(" - ")[0].rstrip("0123456789")
    if folder.parent.name == _MAC_FOLDER:
        name = name.partition("-")[0]
    return _SYNCED.get(name) or ("Syncthing" if (folder / _SYNCTHING).exists() else None)


def _network(path: Path, mounts: Path) -> RiskyFolder | None:
    if path.drive.startswith("\\\\"):
        return _on_network(Path(path.anchor), "a share")
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:  # only Linux has this list
        return None
    above = {*map(str, path.parents)}
    mounted = [fields for line in lines if len(fields := line.split()) > 2]
    found = [(_unescaped(folder), kind) for _, folder, kind, *_ in mounted if _unescaped(folder) in above]
    folder, kind = max(found, key=lambda each: len(each[0]), default=("", ""))
    return _on_network(Path(folder), kind) if kind.removeprefix("fuse.") in _NETWORK else None


def _on_network(folder: Path, kind: str) -> RiskyFolder:
    return RiskyFolder(
        folder,
        f"That is on a network ({kind}): when the connection fails, answers can't be saved, and trainer "
        "says so. A folder of this computer is safer and faster: --home DIR.",
    )


def _unescaped(mounted: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda hit: chr(int(hit[1], 8)), mounted) if "\\" in mounted else mounted
