package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Graph's fields of users and contacts (v1.0) are in the contract's words. Only what an item has is told: a change may name no more than itself. */
final class GraphFields {
    static final String OF_A_USER = "id,displayName,mail,userPrincipalName,userType,accountEnabled,mobilePhone,businessPhones,department,"
            + "streetAddress,postalCode,city";
    static final String OF_A_CONTACT = "id,displayName,givenName,surname,companyName,jobTitle,businessPhones,mobilePhone,homePhones,emailAddresses,"
            + "businessAddress,homeAddress,personalNotes";
    /** The fields of a user that the directory has a say in. */
    static final List<String> USER = List.of("display_name", "email", "mobile_phone", "work_phone", "department", "address");
    private static final int PHONE = 32;
    private static final int LINE = 128;
    private static final int NAME = 64;
    private static final int NOTES = 1024;

    private GraphFields() {
    }

    /** Of a whole account; empty text for what it has not. */
    static ObjectNode user(JsonNode account) {
        var email = email(account);
        return Json.object().put("display_name", text(account, "displayName", NOTES).orElse(email)).put("email", email)
                .put("mobile_phone", phone(account.path("mobilePhone"))).put("work_phone", phone(account.path("businessPhones").path(0)))
                .put("department", text(account, "department", LINE).orElse("")).put("address", cut(address(account, "streetAddress"), LINE));
    }

    static String email(JsonNode account) {
        return text(account, "mail", NOTES).or(() -> text(account, "userPrincipalName", NOTES)).orElse("");
    }

    /** A number that is longer than any is left out, not cut. */
    private static String phone(JsonNode number) {
        var text = number.asText("").strip();
        return text.length() > PHONE ? "" : text;
    }

    private static Optional<String> text(JsonNode item, String field, int most) {
        return Optional.ofNullable(item.path(field).textValue()).map(String::strip).filter(text -> !text.isEmpty()).map(text -> cut(text, most));
    }

    /** Never within a pair of surrogates. */
    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    private static String address(JsonNode address, String street) {
        var town = Stream.of("postalCode", "city").map(field -> address.path(field).asText("").strip()).filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return Stream.of(address.path(street).asText("").strip().replaceAll("\\R", ", "), town).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    /** Of one contact; null for what is empty there. */
    static ObjectNode contact(JsonNode contact) {
        var fields = Json.object();
        if (Stream.of("displayName", "givenName", "surname", "companyName", "emailAddresses").anyMatch(contact::has)) {
            fields.put("name", name(contact));
        }
        put(fields, "company", contact, "companyName", LINE);
        put(fields, "title", contact, "jobTitle", LINE);
        put(fields, "mobile_phone", contact, "mobilePhone", LINE);
        put(fields, "notes", contact, "personalNotes", NOTES);
        list(fields, contact.path("businessPhones"), "business", "business2");
        list(fields, contact.path("homePhones"), "home_phone", "home_phone2");
        if (contact.has("emailAddresses")) {
            fields.put("email", line(contact.at("/emailAddresses/0/address").asText("")));
        }
        if (contact.has("businessAddress") || contact.has("homeAddress")) {
            var business = address(contact.path("businessAddress"), "street");
            fields.put("address", line(business.isEmpty() ? address(contact.path("homeAddress"), "street") : business));
        }
        return fields;
    }

    private static void put(ObjectNode fields, String name, JsonNode contact, String field, int most) {
        if (contact.has(field)) {
            fields.put(name, text(contact, field, most).orElse(null));
        }
    }

    private static void list(ObjectNode fields, JsonNode numbers, String first, String second) {
        if (numbers.isArray()) {
            fields.put(first, line(numbers.path(0).asText("")));
            fields.put(second, line(numbers.path(1).asText("")));
        }
    }

    private static String line(String text) {
        return text.isBlank() ? null : cut(text.strip(), LINE);
    }

    /** What a person would call it; null when nothing is left to call it by. */
    private static String name(JsonNode contact) {
        var parts = Stream.of("givenName", "surname").map(field -> contact.path(field).asText("").strip()).filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return Stream.of(contact.path("displayName").asText(""), parts, contact.path("companyName").asText(""), contact.at("/emailAddresses/0/address").asText(""))
                .map(String::strip).filter(Objects::nonNull).filter(name -> !name.isEmpty()).findFirst().map(name -> cut(name, NAME)).orElse(null);
    }
}
