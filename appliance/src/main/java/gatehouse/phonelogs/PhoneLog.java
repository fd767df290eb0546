package gatehouse.phonelogs;

import java.time.Instant;

/** A log a phone sent. @param name the file's, as the phone chose it; @param address where it came from */
record PhoneLog(String name, Instant at, String address, int size) { }
