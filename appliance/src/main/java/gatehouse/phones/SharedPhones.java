package gatehouse.phones;

import java.util.List;
import java.util.Optional;

/** Phones that several people have at once, such as DECT bases. */
public interface SharedPhones {
    List<Phone> all();

    /** @param mac twelve lower-case hex digits */
    Optional<Phone> byMac(String mac);

    /** In whose places it registers; empty when {@code phone} is none of these. */
    List<String> numbers(Phone phone);
}
