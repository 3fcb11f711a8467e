package io.managedredis.testing.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import graphql.language.AstPrinter;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.PropertyDataFetcher;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaAgreementTest {

    private static final Set<String> COMPLETE_TYPES = Set.of(
            "AddOn",
            "AddOnPlan",
            "AddOnProvider",
            "AddOnType",
            "CreateAddOnInput",
            "UpdateAddOnInput",
            "DeleteAddOnInput",
            "ResetAddOnPasswordInput",
            "PageInfo",
            "Region");

    @Test
    void should_agree_with_the_full_schema_in_every_type_field_argument_and_nullability() throws IOException {
        Optional<Path> file = fullSchema();
        assumeThat(file).as("the provider's full schema is beside the checkout").isPresent();
        TypeDefinitionRegistry full = new SchemaParser().parse(Files.readString(file.orElseThrow()));
        TypeDefinitionRegistry ours = new SchemaParser().parse(GraphQlEngine.sdl());

        List<String> differences = new ArrayList<>();
        ours.types().forEach((name, type) -> {
            Map<String, String> expected =
                    full.getTypeOrNull(name) == null ? Map.of() : members(full.getTypeOrNull(name));
            Map<String, String> actual = members(type);
            actual.forEach((member, signature) -> {
                if (!signature.equals(expected.get(member))) {
                    differences.add(name + "." + member + " is " + signature + ", not " + expected.get(member));
                }
            });
            if (COMPLETE_TYPES.contains(name)) {
                expected.keySet().stream()
                        .filter(member -> !actual.containsKey(member))
                        .forEach(member -> differences.add(name + "." + member + " is missing"));
            }
        });

        assertThat(differences).isEmpty();
        assertThat(ours.types()).containsKeys(COMPLETE_TYPES.toArray(String[]::new));
        assertThat(ours.scalars().keySet()).isSubsetOf(full.scalars().keySet());
    }

    @Test
    void should_say_where_each_field_comes_from() {
        GraphQLSchema schema = GraphQlEngine.schema();

        List<String> unwired = new ArrayList<>();
        for (GraphQLObjectType type : schema.getAllTypesAsList().stream()
                .filter(GraphQLObjectType.class::isInstance)
                .map(GraphQLObjectType.class::cast)
                .toList()) {
            // No object of these types is ever answered, and payloads are maps.
            if (type.getName().startsWith("__")
                    || type.getName().endsWith("Payload")
                    || Set.of("App", "Macaroon", "LimitedAccessToken").contains(type.getName())) {
                continue;
            }
            type.getFieldDefinitions().stream()
                    .filter(field ->
                            schema.getCodeRegistry().getDataFetcher(type, field) instanceof PropertyDataFetcher<?>)
                    .forEach(field -> unwired.add(type.getName() + "." + field.getName()));
        }

        assertThat(unwired).isEmpty();
    }

    private static Map<String, String> members(TypeDefinition<?> type) {
        Map<String, String> members = new TreeMap<>();
        if (type instanceof ObjectTypeDefinition object) {
            object.getFieldDefinitions().forEach(field -> members.put(field.getName(), signature(field)));
            object.getImplements()
                    .forEach(implemented -> members.put("implements " + AstPrinter.printAst(implemented), "yes"));
        } else if (type instanceof InterfaceTypeDefinition object) {
            object.getFieldDefinitions().forEach(field -> members.put(field.getName(), signature(field)));
        } else if (type instanceof InputObjectTypeDefinition input) {
            input.getInputValueDefinitions().forEach(value -> members.put(value.getName(), signature(value)));
        } else if (type instanceof EnumTypeDefinition constants) {
            constants.getEnumValueDefinitions().stream()
                    .map(EnumValueDefinition::getName)
                    .forEach(value -> members.put(value, "value"));
        }
        return members;
    }

    private static String signature(FieldDefinition field) {
        Map<String, String> arguments = new TreeMap<>();
        field.getInputValueDefinitions().forEach(value -> arguments.put(value.getName(), signature(value)));
        return arguments + " " + AstPrinter.printAst(field.getType());
    }

    private static String signature(InputValueDefinition value) {
        String type = AstPrinter.printAst(value.getType());
        return value.getDefaultValue() == null ? type : type + " = " + AstPrinter.printAst(value.getDefaultValue());
    }

    private static Optional<Path> fullSchema() {
        return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolveSibling("shared").resolve("reference/fly-api-schema.graphql"))
                .filter(Files::exists)
                .findFirst();
    }
}
