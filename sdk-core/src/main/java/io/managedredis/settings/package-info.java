/** How the management client behaves when the provider is slow, busy or away. */
@NullMarked
package io.managedredis.settings;

import org.jspecify.annotations.NullMarked;
