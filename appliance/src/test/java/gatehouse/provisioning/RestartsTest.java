package gatehouse.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.provisioning.Restarts.Verdict;
import gatehouse.templates.Template;
import gatehouse.templates.Templates;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private static Template template(String name) {
        return Templates.shipped().named(name).orElseThrow();
    }

    @Test
    void the_longest_beginning_that_fits_decides() {
        var yealink = new Restarts(Verdict.NO, java.util.List.of(new Restarts.Rule("static.", Verdict.MAY), new Restarts.Rule("static.network.", Verdict.YES)));
        assertEquals(yealink, Restarts.of(own("<restarts otherwise=\"no\"><may>static.</may> <yes>static.network.</yes></restarts>")));
        assertEquals(Verdict.NO, yealink.of("account.1.label = 101"));
        assertEquals(Verdict.MAY, yealink.of("static.auto_provision.power_on = 1"));
        assertEquals(Verdict.YES, yealink.of("  static.network.lldp.enable = 1"));
        assertEquals(Verdict.NO, yealink.of("## static.network. decides"));
    }

    private static Template own(String restarts) {
        return Template.read("own.ph.xml", template("htek.ph.xml").source().replace("<templatetype>", restarts + "<templatetype>"));
    }

    @Test
    void a_template_that_says_nothing_or_what_nobody_understands_may() {
        assertEquals(Verdict.MAY, Restarts.of(template("htek.ph.xml")).of("<P271>1</P271>"));
        assertEquals(Verdict.NO, Restarts.of(template("htek.ph.xml")).of("<!-- keys -->"));
        assertEquals(Verdict.MAY, Restarts.of(own("<restarts otherwise=\"perhaps\"/>")).of("<P271>1</P271>"));
    }

    @Test
    void every_template_that_came_with_the_box_can_be_judged() {
        for (var template : Templates.shipped().all()) {
            assertEquals(Verdict.NO, Restarts.of(template).of(""), template.filename());
        }
        assertEquals(Verdict.NO, Restarts.of(template("snom.ph.xml")).of("<fkey idx=\"0\">"));
    }
}
