package gatehouse.identity;

/** What a phone has shown that it is, from the least up. */
public enum Evidence {
    /** It names its MAC, which is printed on its box and heard by the whole network. */
    MAC,
    /** A person vouched for it: typed or dialled its PIN, or held its adoption window open. */
    PIN,
    /** It knew the random name of its folder. */
    FOLDER,
    /** It proved the key of a certificate that its maker gave it. */
    CERTIFICATE;

    public boolean reaches(Evidence least) {
        return compareTo(least) >= 0;
    }

    Evidence orMore(Evidence other) {
        return reaches(other) ? this : other;
    }

    Evidence orLess(Evidence other) {
        return reaches(other) ? other : this;
    }
}
