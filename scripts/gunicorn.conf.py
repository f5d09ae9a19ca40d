"""How `scripts/run` serves: threads that share one loaded application; a document is drawn in a process of its own."""

worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 20
loglevel = "warning"
forwarded_allow_ips = ""  # which proxies are trusted is the application's own setting


def when_ready(_server):
    """Before the workers part: what every first page would otherwise wait for, and what no worker need look through."""
    import gc

    from sqlalchemy.orm import configure_mappers

    configure_mappers()
    gc.collect()
    gc.freeze()


def post_worker_init(worker):
    """Tell the address as soon as the first worker answers there."""
    if worker.age == 1:
        host, port = worker.sockets[0].getsockname()[:2]
        print(f"Asiakasrekisteri vastaa osoitteessa http://{host}:{port} – lopeta painamalla Ctrl+C.", flush=True)
