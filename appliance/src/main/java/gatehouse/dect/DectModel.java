package gatehouse.dect;

import gatehouse.templates.Model;
import gatehouse.templates.Template;
import java.util.List;

/** A DECT base that a template serves: {@code <model dect="true" lines="20">}. */
record DectModel(Template template, Model model) {
    String name() {
        return model.name();
    }

    /** How many handsets it carries. */
    int lines() {
        return model.lines();
    }

    String displayName() {
        return template.vendor() + " " + name();
    }

    /** Those of a template; empty for most. */
    static List<DectModel> of(Template template) {
        return template.models().stream().filter(Model::dect).map(model -> new DectModel(template, model)).toList();
    }
}
