package gatehouse.messaging;

import gatehouse.resources.Resource;

/**
 * A way for messages.
 *
 * @param number  what the provider knows its sender by: a number, a name, or WhatsApp's id of a number
 * @param shown   the number as people know it; may be empty
 * @param brand   the provider's, as its trunk says; may be empty
 * @param access  what the provider lets the box in by
 */
record Channel(String id, Type type, String name, boolean enabled, String number, String shown, String brand, Credentials access) {
    /** The contract's words. */
    enum Type { SMS, WHATSAPP }

    static Channel sms(Resource resource, String brand, Credentials access) {
        return new Channel(resource.id(), Type.SMS, resource.text("name"), resource.document().path("enabled").asBoolean(true), resource.text("sender_id"),
                resource.text("sender_id"), brand, access);
    }

    static Channel whatsApp(Resource resource, String brand, Credentials access) {
        return new Channel(resource.id(), Type.WHATSAPP, resource.text("name"), resource.document().path("enabled").asBoolean(true),
                resource.text("phone_number_id"), resource.text("phone_number"), brand, access);
    }
}
