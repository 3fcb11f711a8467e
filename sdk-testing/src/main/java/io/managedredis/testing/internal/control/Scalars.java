package io.managedredis.testing.internal.control;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.GraphQLScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scalars of the schema that GraphQL does not know itself. All of them pass values through. */
final class Scalars {

    static final List<GraphQLScalarType> ALL = List.of(scalar("JSON"), scalar("BigInt"), scalar("ISO8601DateTime"));

    private Scalars() {}

    private static GraphQLScalarType scalar(String name) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new PassThrough())
                .build();
    }

    private static final class PassThrough implements Coercing<Object, Object> {

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            return input;
        }

        @Override
        public @Nullable Object parseLiteral(
                Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
            return read(literal, variables);
        }

        private static @Nullable Object read(Value<?> literal, CoercedVariables variables) {
            if (literal instanceof NullValue) {
                return null;
            } else if (literal instanceof StringValue text) {
                return text.getValue();
            } else if (literal instanceof BooleanValue flag) {
                return flag.isValue();
            } else if (literal instanceof IntValue number) {
                return number.getValue();
            } else if (literal instanceof FloatValue number) {
                return number.getValue();
            } else if (literal instanceof EnumValue word) {
                return word.getName();
            } else if (literal instanceof VariableReference variable) {
                return variables.get(variable.getName());
            } else if (literal instanceof ArrayValue array) {
                List<@Nullable Object> items = new ArrayList<>();
                for (Value<?> item : array.getValues()) {
                    items.add(read(item, variables));
                }
                return items;
            } else if (literal instanceof ObjectValue object) {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                for (ObjectField field : object.getObjectFields()) {
                    fields.put(field.getName(), read(field.getValue(), variables));
                }
                return fields;
            }
            throw new CoercingParseLiteralException(
                    "cannot read " + literal.getClass().getSimpleName());
        }
    }
}
