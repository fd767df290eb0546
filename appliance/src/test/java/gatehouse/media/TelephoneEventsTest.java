package gatehouse.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TelephoneEventsTest {
    /** Packets as "source@timestamp:event"; those that begin an event are expected to come back. */
    private static void check(String packets, String begin) {
        var events = new TelephoneEvents();
        var heard = new StringBuilder();
        for (var packet : packets.split(" ")) {
            var parts = packet.split("[@:]");
            if (events.begins(Integer.parseInt(parts[0]), Integer.parseUnsignedInt(parts[1]), Integer.parseInt(parts[2]))) {
                heard.append(heard.isEmpty() ? "" : " ").append(parts[2]);
            }
        }
        assertEquals(begin, heard.toString());
    }

    @Test
    void an_event_is_all_packets_of_one_beginning() {
        check("1@800:5 1@800:5 1@800:5 1@2400:5 1@2400:5", "5 5");
    }

    @Test
    void one_packet_is_enough_and_a_late_one_is_not_another() {
        check("1@800:1 1@2400:2 1@800:1 1@4000:3 1@2400:2", "1 2 3");
    }

    @Test
    void time_that_wraps_goes_on() {
        check("1@4294967000:1 1@4294967000:1 1@1200:2", "1 2");
    }

    @Test
    void a_phone_that_counts_anew_is_heard() {
        check("1@900000:1 1@900000:1 1@800:2 1@800:2", "1 2");
        check("1@900000:1 2@899000:2 2@899000:2", "1 2");
    }

    @Test
    void a_key_held_past_eight_seconds_is_one_press() {
        check("1@800:1 1@66335:1 1@131870:1 1@200000:1", "1 1");
        check("1@800:1 1@66335:2", "1 2");
    }
}
