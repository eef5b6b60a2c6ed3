"""nginx as the baseline of reading: the portal's own page as a compressed file, with the portal's own headers."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

import brotli
from tools import Process, free_port

MODULE = "ngx_http_brotli_static_module.so"
_MADE_BY_NGINX = {"content-length", "content-encoding", "content-type", "etag", "date", "server", "connection", "vary"}


def program() -> str | None:
    """Where nginx is, if it is installed."""
    return shutil.which("nginx") or next((at for at in ("/usr/sbin/nginx",) if Path(at).exists()), None)


def _brotli_module() -> Path | None:
    folders = (Path("/usr/lib/nginx/modules"), Path("/usr/share/nginx/modules"), Path("/usr/lib64/nginx/modules"))
    return next((folder / MODULE for folder in folders if (folder / MODULE).exists()), None)


def coding() -> str:
    """The coding in which both are asked: brotli where nginx can, else gzip."""
    return "br" if _brotli_module() else "gzip"


def start(folder: Path, page: str, headers: dict[str, str]) -> Process:
    """One worker that serves `/page`, without a log."""
    (folder / "page").write_text(page)
    (folder / "page.gz").write_bytes(gzip.compress(page.encode(), 9, mtime=0))
    (folder / "page.br").write_bytes(brotli.compress(page.encode(), quality=11))
    port = free_port()
    module = _brotli_module()
    said = "\n".join(
        f"            add_header {name} '{value.replace(chr(39), chr(92) + chr(39))}';"
        for name, value in headers.items()
        if name not in _MADE_BY_NGINX
    )
    (folder / "nginx.conf").write_text(f"""
{f"load_module {module};" if module else ""}
{"user root;" if os.getuid() == 0 else ""}
worker_processes 1;
daemon off;
pid "{folder}/nginx.pid";
error_log "{folder}/nginx.log" crit;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_requests 100000000;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path "{folder}/body";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
    server {{
        listen 127.0.0.1:{port} backlog=2048;
        location = /page {{
            root "{folder}";
            default_type text/html;
            {"brotli_static on;" if module else ""}
            gzip_static on;
{said}
        }}
    }}
}}
""")
    words = [str(program()), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    return Process(words, f"http://127.0.0.1:{port}", folder / "nginx.out")
