package io.managedredis.lettuce.internal.command;

import io.lettuce.core.protocol.CommandArgs;

/**
 * Reads the arguments of a command that Lettuce has built. Positions count from 1, as in Redis's documentation. Thread-safe.
 *
 * <p>{@link FieldArguments} looks at the objects as they are and allocates nothing; {@link EncodedArguments} works with any
 * Lettuce. {@link #STANDARD} is the first that works.
 */
interface Arguments {

    /** The reader to use. */
    Arguments STANDARD = FieldArguments.find().orElseGet(EncodedArguments::new);

    /** How many there are. */
    int count(CommandArgs<?, ?> args);

    /** Whether the argument is this word, given in upper-case ASCII, in any case. */
    boolean is(CommandArgs<?, ?> args, int position, byte[] upperCaseWord);

    /** The argument as a number, or -1 when it is none from 0 to a million. */
    int number(CommandArgs<?, ?> args, int position);

    /** The {@link KeyHash} of the argument as it is sent, but for text that is sent with replacements: then of the text. */
    long hash(CommandArgs<?, ?> args, int position);

    /** The {@link KeyHash} of the argument as it is sent, whatever it is; slower. */
    long exactHash(CommandArgs<?, ?> args, int position);

    /** Whether text that differs from the argument may be sent as the argument is: false is sure, true is not. */
    boolean mayHaveReplacements(CommandArgs<?, ?> args, int position);
}
