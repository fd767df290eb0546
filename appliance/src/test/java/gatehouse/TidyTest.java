package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the habits a machine can hold, and names the cure for each. */
class TidyTest {
    private static final int LONGEST_FILE = 400;
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    /** A Markdown link or picture, without its anchor. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)");

    /** What may not stand in the code, and what to write instead. */
    private record Habit(String name, Pattern pattern, boolean inTestsToo, String cure) { }

    private static final List<Habit> HABITS = List.of(
            habit("wall clock", "\\bInstant\\.now\\(\\)|System\\.currentTimeMillis\\(", false, "take a Clock in the constructor"),
            habit("sleep", "\\bThread\\.sleep\\(", true, "wait for a condition with a bound, or move the clock"),
            habit("own chance", "\\bnew Random\\(\\)|\\bMath\\.random\\(|ThreadLocalRandom", false, "take a RandomGenerator in the constructor"),
            habit("print", "System\\.(out|err)\\.|printStackTrace\\(\\)", false, "log, or return the text"),
            habit("unfinished", "\\b(TODO|FIXME|XXX)\\b", true, "finish it, or file an issue"),
            habit("skipped test", "@Disabled", true, "assert what holds today and say why it is wrong"));

    private static Habit habit(String name, String pattern, boolean inTestsToo, String cure) {
        return new Habit(name, Pattern.compile(pattern), inTestsToo, cure);
    }

    @Test
    void the_code_keeps_the_house_habits() throws IOException {
        var broken = new ArrayList<String>();
        for (var file : sources()) {
            var lines = Files.readAllLines(file);
            var isTest = file.toString().contains("/src/test/");
            for (int i = 0; i < lines.size(); i++) {
                for (var habit : HABITS) {
                    if ((!isTest || habit.inTestsToo) && habit.pattern.matcher(lines.get(i)).find() && !exempt(file, habit)) {
                        broken.add("%s:%d %s: %s".formatted(TOP.relativize(file), i + 1, habit.name, habit.cure));
                    }
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    /** Main speaks to the terminal; this file names what it looks for. */
    private static boolean exempt(Path file, Habit habit) {
        var name = file.getFileName().toString();
        return name.equals("TidyTest.java") || name.equals("Main.java") && habit.name.equals("print");
    }

    @Test
    void no_file_grows_past_one_idea() throws IOException {
        var long_ = new ArrayList<String>();
        for (var file : sources()) {
            var lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                long_.add(TOP.relativize(file) + " has " + lines + " lines; " + LONGEST_FILE + " is the most: split it by idea");
            }
        }
        assertEquals(List.of(), long_);
    }

    @Test
    void every_package_says_what_it_is_for() throws IOException {
        var silent = sources().stream().filter(file -> file.toString().contains("/src/main/")).map(Path::getParent).distinct()
                .filter(folder -> !folder.endsWith("gatehouse") && !Files.exists(folder.resolve("package-info.java")))
                .map(folder -> TOP.relativize(folder).toString()).toList();
        assertEquals(List.of(), silent, "these packages have no package-info.java");
    }

    /** What a page of ours leads to must be there: a reader on the box has no search engine. */
    @Test
    void no_page_leads_nowhere() throws IOException {
        var broken = new ArrayList<String>();
        for (var page : pages()) {
            for (var link : LINK.matcher(Files.readString(page)).results().map(found -> found.group(1)).toList()) {
                if (!link.contains(":") && !Files.exists(page.resolveSibling(link))) {
                    broken.add(TOP.relativize(page) + " leads to " + link + ": write it, or take the link out");
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static List<Path> pages() throws IOException {
        var all = new ArrayList<>(List.of(TOP.resolve("README.md"), TOP.resolve("CHANGELOG.md")));
        for (var folder : List.of("docs", "provisioning-templates")) {
            try (Stream<Path> files = Files.walk(TOP.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md") && !file.toString().contains("/target/")).forEach(all::add);
            }
        }
        return all;
    }

    private static List<Path> sources() throws IOException {
        var all = new ArrayList<Path>();
        for (var module : List.of("hal", "provisioning-templates", "appliance")) {
            try (Stream<Path> files = Files.walk(TOP.resolve(module).resolve("src"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
            }
        }
        return all;
    }
}
