package io.managedredis.lettuce.internal.command;

/** Comparing command names and keywords, which Redis takes in any case. */
final class Words {

    private static final int MAXIMUM_COUNT = 1_000_000;

    private Words() {}

    static byte upper(byte letter) {
        return letter >= 'a' && letter <= 'z' ? (byte) (letter - 32) : letter;
    }

    static boolean is(byte[] text, byte[] upperCaseWord) {
        if (text.length != upperCaseWord.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (upper(text[i]) != upperCaseWord[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean is(CharSequence text, byte[] upperCaseWord) {
        if (text.length() != upperCaseWord.length) {
            return false;
        }
        for (int i = 0; i < upperCaseWord.length; i++) {
            char letter = text.charAt(i);
            if (letter > 0x7F || upper((byte) letter) != upperCaseWord[i]) {
                return false;
            }
        }
        return true;
    }

    static int number(CharSequence text) {
        int length = text.length();
        if (length == 0 || length > 7) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return countOrNone(number);
    }

    static int countOrNone(long number) {
        return number >= 0 && number <= MAXIMUM_COUNT ? (int) number : -1;
    }
}
