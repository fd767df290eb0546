import { describe, expect, test } from 'vitest';
import { EventReader, LiveFeed, type Liveness } from '../src/lib/events';

/** What is heard when the stream comes in these pieces. */
function heard(...pieces: string[]): string[] {
  const data: string[] = [];
  const reader = new EventReader((one) => data.push(one));
  pieces.forEach((piece) => reader.push(piece));
  return data;
}

describe('the event reader', () => {
  test('hears what the box sends', () => expect(heard('id:7\ndata:{"type":"door"}\n\n')).toEqual(['{"type":"door"}']));
  test('takes one space after the colon away, not two', () => expect(heard('data:  a\n\n')).toEqual([' a']));
  test('joins the lines of one event', () => expect(heard('data: a\ndata: b\n\n')).toEqual(['a\nb']));
  test('passes over beats and unknown fields', () => expect(heard(':still here\n\nretry: 3\n\ndata: a\n\n')).toEqual(['a']));
  test('waits for the blank line', () => expect(heard('data: a\n')).toEqual([]));
  test('knows every kind of line end', () => expect(heard('data: a\r\n\r\ndata: b\r\rdata: c\n\n')).toEqual(['a', 'b', 'c']));

  test('hears the same wherever the stream breaks', () => {
    const stream = 'id:1\r\ndata: {"a":"ü"}\r\n\r\n:beat\n\ndata:b\ndata:c\n\n';
    const whole = heard(stream);
    expect(whole).toEqual(['{"a":"ü"}', 'b\nc']);
    for (let first = 0; first <= stream.length; first++) {
      for (let second = first; second <= stream.length; second++) {
        expect(heard(stream.slice(0, first), stream.slice(first, second), stream.slice(second))).toEqual(whole);
      }
    }
  });
});

describe('the live feed', () => {
  test('is live while the stream lasts, and polls once it breaks', async () => {
    const told: (Liveness | string)[] = [];
    const body = 'data:{"type":"user","id":"u1"}\n\n';
    await new Promise<void>((done) => {
      const feed = new LiveFeed(async () => new Response(body), {
        event: (event) => told.push(event.type),
        refresh: async () => void told.push('refresh'),
        liveness: (now) => {
          told.push(now);
          if (now === 'polling') {
            feed.stop();
            done();
          }
        },
      });
      void feed.run();
    });
    expect(told).toEqual(['refresh', 'live', 'user', 'polling']);
  });
});
