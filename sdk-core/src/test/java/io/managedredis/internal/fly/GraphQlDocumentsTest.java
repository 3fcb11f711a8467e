package io.managedredis.internal.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.language.AstPrinter;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphQlDocumentsTest {

    private static final String FULL_SCHEMA_PROPERTY = "managedredis.schema";
    private static final Path FULL_SCHEMA = Path.of("../../shared/reference/fly-api-schema.graphql");

    private static final TypeDefinitionRegistry REDUCED = new SchemaParser().parse(resource("provisioning.graphqls"));
    private static final GraphQLSchema REDUCED_SCHEMA = UnExecutableSchemaGenerator.makeUnExecutableSchema(REDUCED);

    @ParameterizedTest
    @EnumSource
    void should_be_valid_against_the_interface(GraphQlOperation operation) {
        ParseAndValidateResult result = validate(REDUCED_SCHEMA, operation);

        assertThat(result.getErrors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_hold_one_operation_of_the_name_and_kind_that_the_client_says(GraphQlOperation operation) {
        List<OperationDefinition> definitions =
                validate(REDUCED_SCHEMA, operation).getDocument().getDefinitionsOfType(OperationDefinition.class);

        assertThat(definitions).hasSize(1);
        assertThat(definitions.get(0).getName()).isEqualTo(operation.operationName());
        assertThat(definitions.get(0).getOperation() == OperationDefinition.Operation.MUTATION)
                .isEqualTo(operation.isMutation());
    }

    @Test
    void should_use_every_type_of_the_reduced_interface_as_the_full_one_has_it() {
        TypeDefinitionRegistry full = new SchemaParser().parse(fullSchema());

        for (TypeDefinition<?> type : REDUCED.types().values()) {
            TypeDefinition<?> original = full.getTypeOrNull(type.getName());
            assertThat(original).as(type.getName()).isNotNull().hasSameClassAs(type);
            assertThat(members(original)).as(type.getName()).containsAllEntriesOf(members(type));
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_be_valid_against_the_full_interface(GraphQlOperation operation) {
        GraphQLSchema full = UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse(fullSchema()));

        assertThat(validate(full, operation).getErrors()).isEmpty();
    }

    private static ParseAndValidateResult validate(GraphQLSchema schema, GraphQlOperation operation) {
        return ParseAndValidate.parseAndValidate(
                schema, ExecutionInput.newExecutionInput(operation.document()).build());
    }

    /** Fields, arguments and values with their types, one entry each. */
    private static Map<String, String> members(TypeDefinition<?> type) {
        if (type instanceof ObjectTypeDefinition object) {
            Map<String, String> members = byName(
                    object.getFieldDefinitions(),
                    FieldDefinition::getName,
                    field -> AstPrinter.printAst(field.getType()));
            for (FieldDefinition field : object.getFieldDefinitions()) {
                for (InputValueDefinition argument : field.getInputValueDefinitions()) {
                    members.put(
                            field.getName() + "(" + argument.getName() + ")", AstPrinter.printAst(argument.getType()));
                }
            }
            return members;
        }
        if (type instanceof InputObjectTypeDefinition input) {
            return byName(
                    input.getInputValueDefinitions(),
                    InputValueDefinition::getName,
                    field -> AstPrinter.printAst(field.getType()));
        }
        if (type instanceof EnumTypeDefinition values) {
            return byName(values.getEnumValueDefinitions(), EnumValueDefinition::getName, value -> "");
        }
        return Map.of();
    }

    private static <T> Map<String, String> byName(List<T> members, Function<T, String> name, Function<T, String> type) {
        return members.stream().collect(Collectors.toMap(name, type));
    }

    private static String fullSchema() {
        String given = System.getProperty(FULL_SCHEMA_PROPERTY);
        Path file = given == null ? FULL_SCHEMA : Path.of(given);
        assumeTrue(
                Files.isRegularFile(file),
                "the provider's whole schema is not at hand; name its file with -D" + FULL_SCHEMA_PROPERTY);
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String resource(String name) {
        try (InputStream in = GraphQlDocumentsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
