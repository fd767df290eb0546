package gatehouse.system;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the machine has and what of it is in use.
 *
 * @param cpuLoad 0 to 1 over all cores since it was asked last; negative where the system does not say
 */
record Machine(double cpuLoad, int cores, long memoryBytes, long freeMemoryBytes, long diskBytes, long freeDiskBytes) {
    /** @param data a folder on the disk that matters */
    static Machine now(Path data) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try {
            var disk = Files.getFileStore(data);
            return new Machine(system.getCpuLoad(), system.getAvailableProcessors(), system.getTotalMemorySize(), system.getFreeMemorySize(),
                    disk.getTotalSpace(), disk.getUsableSpace());
        } catch (IOException unreadable) {
            return new Machine(system.getCpuLoad(), system.getAvailableProcessors(), system.getTotalMemorySize(), system.getFreeMemorySize(), 0, 0);
        }
    }
}
