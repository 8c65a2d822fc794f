/** A WebSocket, a clock and timers that do only what the test tells them. */

export function createFakeNetwork() {
  const sockets = [];
  let now = 0;
  let timers = [];
  let nextTimer = 1;

  class FakeWebSocket {
    readyState = 0;
    bufferedAmount = 0;
    sent = [];
    constructor(url, protocols) {
      Object.assign(this, { url, protocols });
      sockets.push(this);
    }
    send(data) {
      this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
    }
    close() {
      this.readyState = 3;
    }
    /** The server's side. */
    accept() {
      this.readyState = 1;
      this.onopen();
    }
    say(message) {
      this.onmessage({ data: message instanceof ArrayBuffer ? message : JSON.stringify(message) });
    }
    drop(code = 1006) {
      this.readyState = 3;
      this.onclose({ code });
    }
    types() {
      return this.sent.map((sent) => (sent instanceof ArrayBuffer ? "frame" : sent.type));
    }
    frames() {
      return this.sent.filter((sent) => sent instanceof ArrayBuffer).map((sent) => new DataView(sent).getUint32(4, true));
    }
  }

  return {
    sockets,
    last: () => sockets.at(-1),
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((timer) => timer !== due);
        now = due.at;
        due.callback();
      }
      now = until;
    },
    environment: {
      WebSocket: FakeWebSocket,
      setTimeout(callback, ms) {
        timers.push({ id: nextTimer, at: now + ms, callback });
        nextTimer += 1;
        return nextTimer - 1;
      },
      clearTimeout(id) {
        timers = timers.filter((timer) => timer.id !== id);
      },
      now: () => now,
      random: () => 1,
    },
  };
}
