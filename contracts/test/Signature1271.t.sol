// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SsoAccount} from "../src/account/SsoAccount.sol";
import {Wallet} from "./fixtures/Wallet.sol";

contract Signature1271Test is Wallet {
    bytes4 internal constant VALID = 0x1626ba7e;
    bytes4 internal constant INVALID = 0xffffffff;
    bytes32 internal constant APP = keccak256("the app's domain separator");
    bytes32 internal constant CONTENTS = keccak256("the contents' struct hash");
    string internal constant TYPE = "Mail(address to,string text)";

    function test_isValid_whenPersonalMessageIsSigned() public view {
        bytes32 hash = keccak256("hello");
        bytes memory signature = passkeySignature(_personal(hash, address(account)), PASSKEY, 0);
        assertEq(account.isValidSignature(hash, signature), VALID);
        assertEq(account.isValidSignature(keccak256("other"), signature), INVALID);
    }

    function test_isValid_whenTypedDataIsSigned() public view {
        bytes memory signature = _typed(TYPE, "Mail", TYPE, address(account));
        assertEq(account.isValidSignature(_appHash(), signature), VALID);
        assertEq(account.isValidSignature(keccak256("other"), signature), INVALID);
    }

    function test_isValid_whenTypedDataNamesItsTypeExplicitly() public view {
        string memory types = "Address(address a)Mail(Address to)";
        bytes memory signature = _typed(types, "Mail", string.concat(types, "Mail"), address(account));
        assertEq(account.isValidSignature(_appHash(), signature), VALID);
    }

    function test_isValid_whenNameIsOneLetterOrBeginsBeyondTheAlphabet() public view {
        string[2] memory names = ["M", "{il"];
        for (uint256 i; i < names.length; ++i) {
            string memory types = string.concat(names[i], "(address to)");
            bytes memory signature = _typed(types, names[i], types, address(account));
            assertEq(account.isValidSignature(_appHash(), signature), VALID, names[i]);
        }
    }

    function test_isInvalid_whenNameIsMalformed() public view {
        string[9] memory names = ["", "mail", "Ma il", "Ma,il", "Ma\x00il", "zMail", "aMail", "Ma)il", "a~"];
        for (uint256 i; i < names.length; ++i) {
            string memory types = string.concat(names[i], "(address to)");
            bytes memory signature = _typed(types, names[i], types, address(account));
            assertEq(account.isValidSignature(_appHash(), signature), INVALID, names[i]);
        }
    }

    function test_isInvalid_whenAnExplicitNameIsMalformed() public view {
        string[4] memory names = ["Ma(il", "mail", "Ma il", ","];
        for (uint256 i; i < names.length; ++i) {
            bytes memory signature = _typed(TYPE, names[i], string.concat(TYPE, names[i]), address(account));
            assertEq(account.isValidSignature(_appHash(), signature), INVALID, names[i]);
        }
        bytes memory good = _typed(TYPE, "Mail", string.concat(TYPE, "Mail"), address(account));
        assertEq(account.isValidSignature(_appHash(), good), VALID);
    }

    /// @dev Not even a signature over a struct without a type.
    function test_isInvalid_whenNameIsMalformed_whateverWasSigned() public view {
        bytes32 inner = keccak256(
            abi.encode(
                bytes32(0), CONTENTS, keccak256("Latchkey"), keccak256("1"), block.chainid, account, bytes32(0)
            )
        );
        bytes memory description = "mail(address to)";
        bytes memory signature = passkeySignature(keccak256(abi.encodePacked(hex"1901", APP, inner)), PASSKEY, 0);
        signature = abi.encodePacked(signature, APP, CONTENTS, description, uint16(description.length));
        assertEq(account.isValidSignature(_appHash(), signature), INVALID);
    }

    function test_neverReverts_whateverTheAppendixDescribes() public view {
        string[9] memory descriptions = ["", ")", "(", "M", "Mail", "Mail)", "Mail(", "))", "()"];
        for (uint256 i; i < descriptions.length; ++i) {
            string memory description = descriptions[i];
            bytes memory appendix = abi.encodePacked(APP, CONTENTS, description, uint16(bytes(description).length));
            for (uint256 length; length < 300; length += 20) {
                bytes memory signature = abi.encodePacked(new bytes(length), appendix);
                assertEq(account.isValidSignature(_appHash(), signature), INVALID, description);
            }
        }
    }

    function test_isInvalid_whenSignedForASibling() public {
        (bytes32 x, bytes32 y) = publicKey(PASSKEY);
        SsoAccount sibling = SsoAccount(factory.deployAccount(x, y, 1, CREDENTIAL, ORIGIN));
        bytes32 hash = keccak256("hello");
        bytes memory signature = passkeySignature(_personal(hash, address(account)), PASSKEY, 0);
        assertEq(sibling.isValidSignature(hash, signature), INVALID);
        signature = _typed(TYPE, "Mail", TYPE, address(account));
        assertEq(sibling.isValidSignature(_appHash(), signature), INVALID);
        signature = _typed(TYPE, "Mail", TYPE, address(sibling));
        assertEq(sibling.isValidSignature(_appHash(), signature), VALID);
    }

    function test_isInvalid_whenTheHashItselfIsSigned_whoeverAsksAtWhateverPrice() public {
        bytes32 hash = keccak256("hello");
        bytes memory signature = passkeySignature(hash, PASSKEY, 0);
        assertEq(account.isValidSignature(hash, signature), INVALID);
        vm.txGasPrice(0);
        assertEq(account.isValidSignature(hash, signature), INVALID);
        vm.prank(0x000000000000D9ECebf3C23529de49815Dac1c4c);
        assertEq(account.isValidSignature(hash, signature), INVALID);
        vm.prank(address(account));
        assertEq(account.isValidSignature(hash, signature), INVALID);
    }

    function test_isInvalid_onAnotherChain() public {
        bytes32 hash = keccak256("hello");
        bytes memory signature = passkeySignature(_personal(hash, address(account)), PASSKEY, 0);
        vm.chainId(block.chainid + 1);
        assertEq(account.isValidSignature(hash, signature), INVALID);
    }

    function test_isInvalid_afterItsDeadline() public {
        bytes32 hash = keccak256("hello");
        bytes memory signature = passkeySignature(_personal(hash, address(account)), PASSKEY, uint48(START + 9));
        vm.warp(START + 9);
        assertEq(account.isValidSignature(hash, signature), VALID);
        vm.warp(START + 10);
        assertEq(account.isValidSignature(hash, signature), INVALID);
    }

    function test_isInvalid_whenEmptyShortOrASessionKeys() public view {
        bytes32 hash = keccak256("hello");
        assertEq(account.isValidSignature(hash, ""), INVALID);
        for (uint256 length = 1; length < 300; ++length) {
            assertEq(account.isValidSignature(hash, new bytes(length)), INVALID);
        }
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SESSION_KEY, _personal(hash, address(account)));
        assertEq(account.isValidSignature(hash, abi.encodePacked(r, s, v)), INVALID);
        assertEq(account.isValidSignature(hash, abi.encodePacked(address(sessions), r, s, v)), INVALID);
    }

    function testFuzz_neverReverts_whenSignatureIsGarbage(bytes32 hash, bytes calldata garbage) public view {
        assertEq(account.isValidSignature(hash, garbage), INVALID);
    }

    function test_saysThatItSupportsErc7739() public view {
        bytes32 probe = 0x7739773977397739773977397739773977397739773977397739773977397739;
        assertEq(account.isValidSignature(probe, ""), bytes4(0x77390001));
    }

    function test_describesItsDomain() public view {
        (bytes1 fields, string memory name, string memory version, uint256 chainId, address at, bytes32 salt, uint256[] memory more) =
            account.eip712Domain();
        assertEq(fields, hex"0f");
        assertEq(name, "Latchkey");
        assertEq(version, "1");
        assertEq(chainId, block.chainid);
        assertEq(at, address(account));
        assertEq(salt, 0);
        assertEq(more.length, 0);
    }

    function _appHash() private pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", APP, CONTENTS));
    }

    function _personal(bytes32 hash, address at) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Latchkey"),
                keccak256("1"),
                block.chainid,
                at
            )
        );
        bytes32 inner = keccak256(abi.encode(keccak256("PersonalSign(bytes prefixed)"), hash));
        return keccak256(abi.encodePacked(hex"1901", domain, inner));
    }

    function _typed(string memory types, string memory name, string memory description, address at)
        private
        view
        returns (bytes memory)
    {
        bytes32 typeHash = keccak256(
            abi.encodePacked(
                "TypedDataSign(",
                name,
                " contents,string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)",
                types
            )
        );
        bytes32 inner = keccak256(
            abi.encode(typeHash, CONTENTS, keccak256("Latchkey"), keccak256("1"), block.chainid, at, bytes32(0))
        );
        bytes32 hash = keccak256(abi.encodePacked(hex"1901", APP, inner));
        return abi.encodePacked(
            passkeySignature(hash, PASSKEY, 0), APP, CONTENTS, description, uint16(bytes(description).length)
        );
    }
}
