// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {Calls} from "../../src/account/Calls.sol";
import {SsoAccount} from "../../src/account/SsoAccount.sol";
import {SpecBuilder} from "../fixtures/SpecBuilder.sol";
import {Campaign} from "./Campaign.sol";
import {Impostor} from "./actors/Impostor.sol";

/// @title An owner who installs and uninstalls hostile modules, a thief with a session, and modules that try everything
contract ModulesHandler is Campaign {
    uint256 internal constant VALIDATOR = 2;
    uint256 internal constant EXECUTOR = 4;
    uint256 internal constant HANDLER = 8;
    uint256 internal constant MODULES = 5;
    uint256 internal constant SELECTORS = 2;

    Impostor[MODULES] internal modules;
    uint256[MODULES] internal kinds = [VALIDATOR, EXECUTOR, HANDLER, VALIDATOR | EXECUTOR, VALIDATOR | EXECUTOR | HANDLER];
    bytes4[SELECTORS] internal selectors = [bytes4(0xaaaa0001), bytes4(0xaaaa0002)];
    SsoAccount internal otherImplementation;
    bytes internal current;
    address[] internal listed; // targets of its policies, in order
    uint256 internal created;

    // ——— books
    uint256[MODULES] internal installed; // bits of types
    address[SELECTORS] internal handlers;
    bool internal sessionsOff;
    bool internal guardianOff;
    address internal implementation;
    uint256 internal epoch;

    /// @notice Outcomes that the rules do not allow.
    uint256 public wrongInstalls;
    uint256 public bannedCalls;
    uint256 public actsWithoutInstallation;
    uint256 public escalations;
    /// @notice Things that worked, each of which must happen.
    uint256 public installs;
    uint256 public acts;
    uint256 public sessionCalls;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < MODULES; ++i) {
            modules[i] = new Impostor(account, kinds[i]);
        }
        otherImplementation = deployImplementation();
        implementation = address(factory.implementation());
        _approve();
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](12);
        list[0] = this.ownerInstalls.selector;
        list[1] = this.ownerUninstalls.selector;
        list[2] = this.ownerSwitchesABuiltInModule.selector;
        list[3] = this.ownerApprovesASession.selector;
        list[4] = this.ownerUpgrades.selector;
        list[5] = this.sessionPings.selector;
        list[6] = this.sessionCallsMachinery.selector;
        list[7] = this.validatorActs.selector;
        list[8] = this.executorActs.selector;
        list[9] = this.strangerCallsTheAccount.selector;
        list[10] = this.anyoneAsksAHandler.selector;
        list[11] = this.sessionPays.selector;
    }

    function ownerInstalls(uint256 which, uint256 moduleType, uint256 selector) external {
        (which, moduleType, selector) = (which % MODULES, 1 + moduleType % 3, selector % SELECTORS);
        uint256 bit = 1 << moduleType;
        bool may = kinds[which] & bit != 0;
        if (bit == HANDLER) may = may && kinds[which] == HANDLER && handlers[selector] == address(0);
        else may = may && installed[which] & (bit | HANDLER) == 0;
        bytes memory data = abi.encodePacked(selectors[selector]);
        bool done = _asOwner(
            address(account), abi.encodeCall(SsoAccount.installModule, (moduleType, address(modules[which]), data))
        );
        if (done != may) ++wrongInstalls;
        if (!done) return;
        ++installs;
        installed[which] |= bit;
        if (bit == HANDLER) handlers[selector] = address(modules[which]);
    }

    function ownerUninstalls(uint256 which, uint256 moduleType, uint256 selector, bool hostile) external {
        (which, moduleType, selector) = (which % MODULES, 1 + moduleType % 3, selector % SELECTORS);
        if (hostile) modules[which].becomeHostile();
        uint256 bit = 1 << moduleType;
        bool may = installed[which] & bit != 0;
        if (bit == HANDLER) may = may && handlers[selector] == address(modules[which]);
        bytes memory data = abi.encodePacked(selectors[selector]);
        bool done = _asOwner(
            address(account), abi.encodeCall(SsoAccount.uninstallModule, (moduleType, address(modules[which]), data))
        );
        if (done != may) ++wrongInstalls;
        if (!done) return;
        if (bit == HANDLER) handlers[selector] = address(0);
        if (bit != HANDLER || (handlers[0] == address(0) && handlers[1] == address(0))) installed[which] &= ~bit;
    }

    function ownerSwitchesABuiltInModule(bool session) external {
        bytes memory data;
        if (session) {
            data = sessionsOff
                ? abi.encodeCall(SsoAccount.installModule, (1, address(sessions), ""))
                : abi.encodeCall(SsoAccount.uninstallModule, (1, address(sessions), ""));
        } else {
            data = guardianOff
                ? abi.encodeCall(SsoAccount.installModule, (2, address(guardian), ""))
                : abi.encodeCall(SsoAccount.uninstallModule, (2, address(guardian), ""));
        }
        if (!_asOwner(address(account), data)) {
            ++wrongInstalls;
        } else if (session) {
            sessionsOff = !sessionsOff;
            ++epoch;
        } else {
            guardianOff = !guardianOff;
        }
    }

    /// @dev With a policy for each impostor that is no module now; it may become one.
    function ownerApprovesASession() public {
        if (sessionsOff) {
            if (_asOwner(address(account), abi.encodeCall(SsoAccount.installModule, (1, address(sessions), "")))) {
                sessionsOff = false;
                ++epoch;
            }
        }
        _approve();
    }

    function ownerUpgrades() external {
        address next = implementation == address(otherImplementation)
            ? address(factory.implementation())
            : address(otherImplementation);
        if (_asOwner(address(account), abi.encodeCall(SsoAccount.upgradeToAndCall, (next, "")))) {
            implementation = next;
            ++epoch;
        }
    }

    function sessionPings(uint256 which, uint256 lane) external {
        which %= MODULES;
        uint256 before = modules[which].pings();
        bytes memory callData = single(address(modules[which]), 0, abi.encodeCall(Impostor.ping, ()));
        bool taken = _use(lane, callData, _indexOf(address(modules[which])));
        if (taken) ++sessionCalls;
        if ((taken || modules[which].pings() != before) && installed[which] != 0) ++bannedCalls;
    }

    function sessionPays(uint256 lane) public returns (bool taken) {
        taken = _use(lane, single(address(token), 0, abi.encodeCall(token.transfer, (shop, 1))), _indexOf(address(token)));
        if (taken) ++sessionCalls;
    }

    /// @notice Whether a session that the owner approves now works.
    function works() external returns (bool) {
        ownerApprovesASession();
        return sessionPays(0);
    }

    function sessionCallsMachinery(uint256 target, uint256 data, uint256 lane) external {
        (Call memory c,) = _machineryCall(target, data);
        // To close itself is the one thing that it may ask of the machinery.
        bool closesItself = target % 16 == 3 && data % 2 == 1;
        if (target % 16 < 6 && _use(lane, single(c.target, 0, c.callData), data % 5) && !closesItself) ++bannedCalls;
    }

    function validatorActs(uint256 which, uint256 target, uint256 data) external {
        which = which % 8 < 5 ? which % 8 : 3 * (which % 2);
        (Call memory c, bool banned) = _machineryCall(target, data);
        uint192 key = uint192(uint160(address(modules[which]))) << 32;
        bool taken = _submit(_operation(key, single(c.target, 0, c.callData)));
        _judge(taken, installed[which] & VALIDATOR != 0, banned);
    }

    function executorActs(uint256 which, uint256 target, uint256 data, bool inBatch) external {
        which %= MODULES;
        (Call memory c, bool banned) = _machineryCall(target, data);
        bytes memory calls = abi.encodePacked(c.target, c.value, c.callData);
        if (inBatch) {
            Call[] memory list = new Call[](2);
            list[0] = Call(address(token), 0, abi.encodeCall(token.transfer, (shop, 1)));
            list[1] = c;
            calls = abi.encode(list);
        }
        bytes32 mode = inBatch ? Calls.BATCH : Calls.SINGLE;
        bool taken = modules[which].act(abi.encodeCall(SsoAccount.executeFromExecutor, (mode, calls)));
        _judge(taken, installed[which] & EXECUTOR != 0, banned);
    }

    /// @dev Modules and others call what is the owner's, the factory's, the guardian module's or EntryPoint's.
    function strangerCallsTheAccount(uint256 which, uint256 data) external {
        (Call memory c,) = _machineryCall(0, data);
        if (modules[which % MODULES].act(c.callData)) ++escalations;
        vm.prank(address(sessions));
        (bool done,) = address(account).call(c.callData);
        if (done) ++escalations;
    }

    function anyoneAsksAHandler(uint256 selector) external {
        selector %= SELECTORS;
        uint256 before = modules[2].pings();
        (bool done,) = address(account).call{gas: 100_000}(abi.encodePacked(selectors[selector]));
        if (done || modules[2].pings() != before) ++escalations;
    }

    function _use(uint256 lane, bytes memory callData, uint256 policy) private returns (bool) {
        PackedUserOperation memory o = _operation(_lane(lane), callData);
        o.signature = _sign(o, current, abi.encodePacked(uint8(policy)));
        return _submit(o);
    }

    function _indexOf(address target) private view returns (uint256 i) {
        while (i < listed.length && listed[i] != target) ++i;
    }

    function _judge(bool taken, bool mayAct, bool banned) private {
        if (!taken) return;
        ++acts;
        if (!mayAct) ++actsWithoutInstallation;
        if (banned) ++bannedCalls;
    }

    /// @return c A call of the account, the machinery, an impostor or the token.
    /// @return banned By the books.
    function _machineryCall(uint256 target, uint256 data) private view returns (Call memory c, bool banned) {
        target %= 16;
        bytes[6] memory owners = [
            abi.encodeCall(SsoAccount.endSessions, ()),
            abi.encodeCall(SsoAccount.installModule, (2, address(modules[1]), "")),
            abi.encodeCall(SsoAccount.upgradeToAndCall, (address(otherImplementation), "")),
            abi.encodeCall(SsoAccount.removePasskey, (keyIdOf(PASSKEY, ORIGIN))),
            abi.encodeCall(SsoAccount.initialize, (bytes32(data), bytes32(data | 1))),
            abi.encodeCall(SsoAccount.execute, (0, abi.encodePacked(account, uint256(0))))
        ];
        if (target == 0) c = Call(address(account), 0, owners[data % 6]);
        else if (target == 1) c = Call(address(entryPoint), 0, abi.encodeCall(entryPoint.addStake, (1)));
        else if (target == 2) c = Call(address(sessions), 0, abi.encodeCall(sessions.createSession, (wishedSpec())));
        else if (target == 3) {
            c = Call(address(sessions), 0, abi.encodeCall(sessions.revokeSession, (keccak256(current))));
            if (data % 2 == 0) c.callData = bytes.concat(c.callData, hex"00");
        }
        else if (target == 4) c = Call(address(guardian), 0, abi.encodeCall(guardian.proposeGuardian, (bundler)));
        else if (target == 5) c = Call(address(factory), 0, "");
        else if (target < 11) c = Call(address(modules[target - 6]), 0, abi.encodeCall(Impostor.ping, ()));
        else c = Call(address(token), 0, abi.encodeCall(token.transfer, (shop, 1)));
        banned = target < 6 || (target < 11 && installed[target - 6] != 0);
    }

    function _approve() private {
        SpecBuilder.Policy[] memory policies = new SpecBuilder.Policy[](MODULES + 1);
        policies[0] = SpecBuilder.callPolicy(address(token), token.transfer.selector);
        uint256 n = 1;
        for (uint256 i; i < MODULES; ++i) {
            if (installed[i] == 0) policies[n++] = SpecBuilder.callPolicy(address(modules[i]), Impostor.ping.selector);
        }
        assembly ("memory-safe") {
            mstore(policies, n)
        }
        _sort(policies);
        SpecBuilder.Spec memory s = specOf(policies[0]);
        (s.policies, s.expiresAt) = (policies, s.expiresAt + uint48(created++));
        current = SpecBuilder.pack(s);
        if (!_asOwner(address(sessions), abi.encodeCall(sessions.createSession, (current)))) ++wrongInstalls;
        delete listed;
        for (uint256 i; i < n; ++i) {
            listed.push(policies[i].target);
        }
    }

    function _sort(SpecBuilder.Policy[] memory policies) private pure {
        for (uint256 i = 1; i < policies.length; ++i) {
            for (uint256 k = i; k != 0 && policies[k].target < policies[k - 1].target; --k) {
                (policies[k], policies[k - 1]) = (policies[k - 1], policies[k]);
            }
        }
    }

    /// @notice A session that nobody approved.
    function wishedSpec() public view returns (bytes memory) {
        return SpecBuilder.pack(specOf(SpecBuilder.transferPolicy(bundler, 1 ether, SpecBuilder.unlimited())));
    }

    // ——— what the invariants ask of the world

    /// @notice Whether the account's words say what the books say: modules, handlers, switches, epoch, first passkey.
    function isAccountAsInTheBooks() external view returns (bool) {
        uint256 extra;
        for (uint256 i; i < MODULES; ++i) {
            uint256 word = _entry(2, bytes32(uint256(uint160(address(modules[i])))));
            if (uint8(word) != installed[i]) return false;
            if (installed[i] != 0) ++extra;
        }
        for (uint256 k; k < SELECTORS; ++k) {
            if (address(uint160(_entry(3, selectors[k]))) != handlers[k]) return false;
        }
        uint256 expected = extra | epoch << 16 | uint256(sessionsOff ? 1 : 0) << 64 | uint256(guardianOff ? 1 : 0) << 72;
        return _config() == expected;
    }

    function isOwnershipAsInTheBooks() external view returns (bool) {
        return _implementation() == implementation
            && _entry(1, keyIdOf(PASSKEY, ORIGIN)) == uint256(keccak256(CREDENTIAL));
    }

    /// @notice What only the owner may give: sessions, guardians, stake.
    function strayGrants() external view returns (uint256) {
        return _sessionWord(keccak256(wishedSpec()), address(account), 0)
            + guardian.guardianStatus(address(account), bundler)
            + entryPoint.getDepositInfo(address(account)).unstakeDelaySec;
    }

    function gains() external view returns (uint256 sum) {
        for (uint256 i; i < MODULES; ++i) {
            sum += modules[i].gains();
        }
    }
}
