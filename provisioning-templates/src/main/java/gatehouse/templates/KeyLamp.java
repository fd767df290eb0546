package gatehouse.templates;

/**
 * What a programmable key of a phone does.
 *
 * @param position counted from 1, as the template's {@code blfN}
 * @param kind     one of the template's {@code blftype} kinds, such as {@code BLF} or {@code SPEED_DIAL}
 * @param value    whom it watches or calls
 * @param label    what the display shows beside it
 */
public record KeyLamp(int position, String kind, String value, String label) {
}
