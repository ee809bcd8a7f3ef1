"""The loopback services as a process: `python -m tests.wire [--plain] [--pace clip=0.2] [--limit 5]` tells its port, serves."""

import argparse
import sys
import threading
from dataclasses import asdict

from tests.wire import comfy, gemini, interactions, openai_media, openai_words, veo
from tests.wire.base import Answer, Call, House, Route, Rule, serve

_PROTOCOLS = (gemini, interactions, veo, openai_words, openai_media, comfy)


def main() -> None:
    """Serve until the line to whoever started this is closed."""
    options = _options()
    house = House(paces=dict(_pace(pair) for pair in options.pace), limit=options.limit)
    house.dice.seed(options.seed)
    routes = [route for protocol in _PROTOCOLS for route in protocol.routes(house, plain=options.plain)]
    server = serve(house, [*routes, *_control(house)])
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()  # ends when whoever started this does


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--pace", action="append", default=[])
    parser.add_argument("--limit", type=float)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def _pace(pair: str) -> tuple[str, float]:
    kind, _, seconds = pair.partition("=")
    return kind, float(seconds)


def _control(house: House) -> list[tuple[str, str, Route]]:
    """What the tests ask of the services beside the protocols."""
    def bill(_: Call) -> Answer:
        return Answer({"total": str(house.total()), "lines": [asdict(line) for line in house.bill]})

    def log(_: Call) -> Answer:
        return Answer(house.log)

    def rules(call: Call) -> Answer:
        with house.lock:
            house.rules.append(Rule(**call.json))
        return Answer({"rules": len(house.rules)})

    def reset(_: Call) -> Answer:
        with house.lock:
            house.rules.clear()
            house.bill.clear()
            house.log.clear()
        return Answer({})

    return [("GET", "/_bill", bill), ("GET", "/_log", log), ("POST", "/_rules", rules), ("POST", "/_reset", reset)]


if __name__ == "__main__":
    main()
